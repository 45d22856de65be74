package me.ehlo.net;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import me.ehlo.trace.Plain;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * The names in a certificate.
 *
 * @param hosts by their A-labels in lower case, perhaps with a wildcard
 * @param addresses as Java writes them
 * @param commonName the subject's, which is no name of a server any more
 */
record CertificateNames(List<String> hosts, List<String> addresses, Optional<String> commonName) {
  private static final int DNS_NAME = 2; // RFC 5280 §4.2.1.6
  private static final int IP_ADDRESS = 7;

  static CertificateNames of(X509Certificate certificate) {
    List<String> hosts = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    for (List<?> each : alternatives(certificate)) {
      if (each.get(1) instanceof String name) {
        if (each.get(0).equals(DNS_NAME)) {
          hosts.add(Plain.harmless(name.toLowerCase(Locale.ROOT)));
        } else if (each.get(0).equals(IP_ADDRESS)) {
          addresses.add(name);
        }
      }
    }
    return new CertificateNames(
        List.copyOf(hosts),
        List.copyOf(addresses),
        attribute(certificate.getSubjectX500Principal(), BCStyle.CN));
  }

  private static Collection<List<?>> alternatives(X509Certificate certificate) {
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      return alternatives == null ? List.of() : alternatives;
    } catch (CertificateParsingException e) {
      return List.of(); // it is for nobody, then
    }
  }

  List<String> all() {
    return Stream.concat(hosts.stream(), addresses.stream()).toList();
  }

  /** The one that fits this host or address. */
  Optional<String> fitting(String wanted) {
    Optional<InetAddress> address = address(wanted);
    return address.isPresent()
        ? addresses.stream().filter(each -> address(each).equals(address)).findFirst()
        : hosts.stream().filter(each -> fits(each, wanted)).findFirst();
  }

  /** RFC 9525 §6.3: a wildcard is the whole leftmost label, and stands for one. */
  static boolean fits(String name, String host) {
    int dot = host.indexOf('.');
    return name.equals(host)
        || dot > 0 && name.startsWith("*.") && name.substring(1).equals(host.substring(dot));
  }

  /** An address, without asking anybody; empty: it is a host's name. */
  private static Optional<InetAddress> address(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What people call the owner of a certificate; the first of its hosts, where it has no better name. */
  static String label(X509Certificate certificate) {
    CertificateNames names = of(certificate);
    return names
        .commonName()
        .or(() -> names.all().stream().findFirst())
        .orElseGet(() -> shortName(certificate.getSubjectX500Principal()));
  }

  /** Who has signed a certificate, or whose it is, as people call them. */
  static String shortName(X500Principal principal) {
    return Stream.of(BCStyle.CN, BCStyle.O, BCStyle.OU)
        .flatMap(kind -> attribute(principal, kind).stream())
        .findFirst()
        .orElseGet(() -> fullName(principal));
  }

  /** With everything that is in it; {@code (no name)} if nothing is. */
  static String fullName(X500Principal principal) {
    String name = Plain.harmless(principal.getName(X500Principal.RFC1779));
    return name.isEmpty() ? "(no name)" : name;
  }

  private static Optional<String> attribute(X500Principal principal, ASN1ObjectIdentifier kind) {
    return Arrays.stream(X500Name.getInstance(principal.getEncoded()).getRDNs(kind))
        .flatMap(part -> Arrays.stream(part.getTypesAndValues()))
        .filter(each -> each.getType().equals(kind))
        .findFirst()
        .map(AttributeTypeAndValue::getValue)
        .map(value -> value instanceof ASN1String text ? text.getString() : value.toString())
        .map(Plain::harmless);
  }
}
