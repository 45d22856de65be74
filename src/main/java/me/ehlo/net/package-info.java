/** The edge to the network: listeners and wires. */
@NullMarked
package me.ehlo.net;

import org.jspecify.annotations.NullMarked;
