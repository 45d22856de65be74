/** A mail's header and parts as values, whoever has written it (RFC 5322, RFC 2045 to 2047). */
@NullMarked
package me.ehlo.mime;

import org.jspecify.annotations.NullMarked;
