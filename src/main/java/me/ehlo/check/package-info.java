/**
 * The diagnosis: what a domain's mail servers, this machine's way out, and our own site get wrong, and
 * what to do; and what a mail that was received tells of its way.
 */
@NullMarked
package me.ehlo.check;

import org.jspecify.annotations.NullMarked;
