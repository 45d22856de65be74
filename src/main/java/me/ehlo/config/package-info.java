/** One file in, one record out; every default is visible in that record. */
@NullMarked
package me.ehlo.config;

import org.jspecify.annotations.NullMarked;
