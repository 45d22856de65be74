package me.ehlo.mail;

/** What stands right of the @ (RFC 5321 §4.1.2): a domain or an address literal. */
public sealed interface Host permits Domain, AddressLiteral {}
