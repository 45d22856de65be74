package me.ehlo.check;

import java.net.InetAddress;
import me.ehlo.dns.Dns.Answer;

/**
 * What a list of bad senders (RFC 5782) says of an address.
 *
 * @param codes its answer in addresses of 127.0.0.0/8
 * @param reason its text; empty: none
 */
record Listing(String zone, Place where, Answer<InetAddress> codes, String reason) {}
