/** The mechanisms of SASL (RFC 4422) as exchanges of messages; SMTP and POP3 use them. */
@NullMarked
package me.ehlo.sasl;

import org.jspecify.annotations.NullMarked;
