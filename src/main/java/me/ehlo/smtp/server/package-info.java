/** One inbound SMTP conversation as a state machine, and the questions it asks the site. */
@NullMarked
package me.ehlo.smtp.server;

import org.jspecify.annotations.NullMarked;
