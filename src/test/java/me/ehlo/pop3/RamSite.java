package me.ehlo.pop3;

import java.util.ArrayList;
import java.util.List;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Domain;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.StorageFailure;
import me.ehlo.sasl.Channel;
import me.ehlo.sasl.Identity;
import me.ehlo.sasl.Mechanisms;
import me.ehlo.sasl.Verdict;

/** A site with one user, ann, whose password is "secret word"; for tests. */
public final class RamSite implements Site {
  public static final String USER = "ann";
  public static final String PASSWORD = "secret word";

  private static final Identity ANN =
      new Identity(
          new AccountId(1),
          new Mailbox(new LocalPart(USER), Domain.ofAscii("mail.example")),
          "",
          "");

  public final RamDrop drop;

  /** Whether passwords may be given in the clear. */
  public boolean takesCleartext = true;

  /** Whether STLS is offered. */
  public boolean offersTls;

  /** Why every login is refused, in turn; then they are looked at. */
  public final List<Verdict.Why> refusals = new ArrayList<>();

  /** What was asked last. */
  public String askedFor = "";

  public RamSite(RamDrop drop) {
    this.drop = drop;
  }

  @Override
  public String hostname() {
    return "mail.example";
  }

  @Override
  public String sendingAt() {
    return "port 2525";
  }

  @Override
  public boolean offersTls() {
    return offersTls;
  }

  @Override
  public Mechanisms mechanisms(Channel channel) {
    return takesCleartext || channel.encrypted()
        ? Mechanisms.ofPasswords(this::verdict)
        : Mechanisms.none();
  }

  private Verdict verdict(String name, String password) {
    askedFor = name + "/" + password;
    if (!refusals.isEmpty()) {
      return Verdict.refused(refusals.removeFirst());
    }
    return name.equals(USER) && password.equals(PASSWORD)
        ? new Verdict.Known(ANN)
        : Verdict.refused(Verdict.Why.WRONG);
  }

  @Override
  public Opening open(Identity identity) throws StorageFailure {
    if (drop.trouble) {
      throw new StorageFailure(StorageFailure.Kind.TROUBLE, "told to fail");
    }
    return drop.open();
  }
}
