/** Custody of a mail from the 250 until its last recipient is settled. Interfaces only; the store implements them. */
@NullMarked
package me.ehlo.spool;

import org.jspecify.annotations.NullMarked;
