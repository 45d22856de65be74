/** Mail that is sent from a command: {@code ehlo send}, and {@code ehlo sendmail}, as programs on this machine call it. */
@NullMarked
package me.ehlo.send;

import org.jspecify.annotations.NullMarked;
