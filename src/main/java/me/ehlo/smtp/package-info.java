/** The language of SMTP (RFC 5321): commands, replies, limits. Pure: octets to values and back. */
@NullMarked
package me.ehlo.smtp;

import org.jspecify.annotations.NullMarked;
