package me.ehlo.check;

import java.net.InetAddress;

/**
 * A host that takes mail, at one of its addresses.
 *
 * @param preference of its MX record, 0 without one
 */
record Target(int preference, String host, InetAddress address) {}
