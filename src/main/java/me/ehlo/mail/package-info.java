/** The words of mail as values: addresses, envelopes, ids, reasons. Imports nothing of ours. */
@NullMarked
package me.ehlo.mail;

import org.jspecify.annotations.NullMarked;
