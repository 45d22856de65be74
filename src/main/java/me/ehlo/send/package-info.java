/** Mails that are sent from a command line: {@code ehlo send}, and {@code ehlo sendmail} as programs call it. */
@NullMarked
package me.ehlo.send;

import org.jspecify.annotations.NullMarked;
