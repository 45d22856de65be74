package me.ehlo.dns;

import java.net.InetAddress;
import me.ehlo.access.DomainLookup;
import me.ehlo.dns.Dns.Answer;
import me.ehlo.dns.Dns.Mx;
import me.ehlo.mail.Domain;

/** Tells whether the domain of a sender could take an answer; of the hosts behind its MX records nothing is asked. */
public final class SenderDomains implements DomainLookup {
  private final Dns dns;

  public SenderDomains(Dns dns) {
    this.dns = dns;
  }

  @Override
  public Existence find(Domain domain) {
    return switch (dns.mx(domain.ascii())) {
      case Answer.Found<Mx>(var records) ->
          MxLookup.isNull(records) ? new Existence.NullMx() : new Existence.Exists();
      case Answer.None<Mx>() -> byAddress(domain);
      case Answer.NoSuchName<Mx>() -> new Existence.Missing();
      case Answer.Trouble<Mx>(var why) -> new Existence.Trouble(why);
    };
  }

  private Existence byAddress(Domain domain) {
    return switch (dns.addresses(domain.ascii())) {
      case Answer.Found<InetAddress> _ -> new Existence.Exists();
      case Answer.None<InetAddress>(), Answer.NoSuchName<InetAddress>() -> new Existence.Missing();
      case Answer.Trouble<InetAddress>(var why) -> new Existence.Trouble(why);
    };
  }
}
