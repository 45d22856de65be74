/** Who is who and who may: accounts, aliases, passwords, and the site's policy. */
@NullMarked
package me.ehlo.access;

import org.jspecify.annotations.NullMarked;
