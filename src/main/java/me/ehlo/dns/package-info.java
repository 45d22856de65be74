/** The edge to the domain name system: who takes mail for a domain, and at which addresses. */
@NullMarked
package me.ehlo.dns;

import org.jspecify.annotations.NullMarked;
