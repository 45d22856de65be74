package me.ehlo.net;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;

/** Whether a certificate is for the name that was called (RFC 9525). */
public sealed interface NameCheck {

  /** It is: this is the one of its names that fits. */
  record Fits(String name) implements NameCheck {}

  /** It is for others. */
  record Others(List<String> names) implements NameCheck {
    public Others {
      names = List.copyOf(names);
    }
  }

  /** It would be if common names still counted, which they do not (RFC 9525 §2); {@code names}: those that count. */
  record OnlyCommonName(String commonName, List<String> names) implements NameCheck {
    public OnlyCommonName {
      names = List.copyOf(names);
    }
  }

  /** Compares; {@code asked}: a host by its A-labels, with or without the dot at its end, or an IP address. */
  static NameCheck of(X509Certificate certificate, String asked) {
    CertificateNames names = CertificateNames.of(certificate);
    String wanted = withoutDot(asked.toLowerCase(Locale.ROOT));
    return names
        .fitting(wanted)
        .<NameCheck>map(Fits::new)
        .orElseGet(() ->
            names
                .commonName()
                .filter(common -> CertificateNames.fits(common.toLowerCase(Locale.ROOT), wanted))
                .<NameCheck>map(common -> new OnlyCommonName(common, names.all()))
                .orElseGet(() -> new Others(names.all())));
  }

  private static String withoutDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
