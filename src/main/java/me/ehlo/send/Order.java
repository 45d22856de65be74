package me.ehlo.send;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import me.ehlo.call.Destination;
import me.ehlo.call.Protocol;
import me.ehlo.call.Wishes.Encryption;
import me.ehlo.mail.DsnOptions;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Notify;
import me.ehlo.mail.Orcpt;
import me.ehlo.mail.ReversePath;
import me.ehlo.net.ProxyAnnouncement;
import me.ehlo.sasl.ClientMechanism;

/**
 * What is to be sent, to whom, and how.
 *
 * @param login empty: nobody logs in
 */
public record Order(
    Envelope envelope,
    Way way,
    Manner manner,
    Tls tls,
    Optional<Login> login,
    MailOrder mail,
    Show show) {

  /**
   * From whom and to whom, and what the commands say beside it.
   *
   * @param to none only where it ends before the first is named
   * @param notices for each recipient
   * @param orcpt for each recipient
   */
  public record Envelope(
      ReversePath from,
      List<Mailbox> to,
      DsnOptions dsn,
      Notify notices,
      Optional<Orcpt> orcpt,
      boolean utf8,
      boolean eightBit,
      boolean requireTls) {
    public Envelope {
      to = List.copyOf(to);
    }

    boolean asksForReports() {
      return dsn.ret().isPresent()
          || dsn.envid().isPresent()
          || notices.asked().isPresent()
          || orcpt.isPresent();
    }
  }

  /**
   * Where to.
   *
   * @param server a host; empty: the servers that the DNS names for each recipient's domain
   * @param domain whose servers the DNS is asked for, instead of the recipients' own
   * @param all whether another server is tried after any temporary failure, not only after those of the first words
   * @param family of addresses
   * @param from our own end of the connection
   * @param socket in the file system of this machine, which is all of the way
   */
  public record Way(
      Optional<String> server,
      Optional<String> domain,
      int port,
      boolean all,
      Family family,
      Optional<InetAddress> from,
      Optional<Path> socket) {

    static final String NO_ADDRESS = "there is no address of the family that was asked for";

    /** Those that are of the family. */
    List<Destination> usable(List<Destination> all) {
      return all.stream()
          .filter(to -> {
            boolean six = to.address().filter(Inet6Address.class::isInstance).isPresent();
            return family == Family.ANY || six == (family == Family.IPV6);
          })
          .toList();
    }
  }

  /** Which addresses are called. */
  public enum Family {
    ANY,
    IPV4,
    IPV6
  }

  /** How we talk. */
  public record Manner(
      Protocol protocol,
      boolean extended,
      Optional<String> name,
      Halt halt,
      boolean pipeline,
      boolean chunking,
      Optional<ProxyAnnouncement> proxy,
      List<String> xclient,
      List<String> xforward,
      Optional<Duration> patience) {
    public Manner {
      xclient = List.copyOf(xclient);
      xforward = List.copyOf(xforward);
    }
  }

  /** Where to stop although it has gone well, and how to leave there. */
  public record Halt(Stop at, Leave how) {
    static final Halt NOWHERE = new Halt(Stop.NOWHERE, Leave.QUIT);

    boolean isAt(Stop here) {
      return at == here;
    }

    /** Whether to leave here before the answer is heard. */
    boolean isUnheardAt(Stop here) {
      return at == here && how == Leave.DROP_UNHEARD;
    }

    boolean isBehind(Stop here) {
      return at.compareTo(here) > 0;
    }
  }

  /** How to leave. */
  public enum Leave {
    /** As one should. */
    QUIT,
    /** Without a word. */
    DROP,
    /** Likewise, and before the answer is heard. */
    DROP_UNHEARD
  }

  /** Where to stop. */
  public enum Stop {
    CONNECT,
    FIRST_HELO,
    TLS,
    HELO,
    XCLIENT,
    AUTH,
    MAIL,
    RCPT,
    /** Before the content, or before the last of its chunks would be called so. */
    DATA,
    /** Behind the content. */
    DOT,
    /** Not before the mail is sent. */
    NOWHERE
  }

  /**
   * What is asked of TLS.
   *
   * @param verify whether only a certificate will do that is good
   * @param name said in the handshake, and looked for in the certificate, instead of the host's
   * @param authorities a file with those that are trusted, instead of this machine's
   * @param certificate of our own
   */
  public record Tls(
      Encryption encryption,
      boolean verify,
      Optional<String> name,
      Optional<Path> authorities,
      Optional<Path> certificate,
      Optional<Path> key) {}

  /**
   * How to log in.
   *
   * @param mechanisms that may be used; none named: any
   * @param user empty: it is looked for beside the password, or asked for
   * @param optional whether to go on where it is not offered
   * @param unprotected whether to send a secret although somebody else may read it
   */
  public record Login(
      List<ClientMechanism> mechanisms,
      Optional<String> user,
      Optional<Path> passwordFile,
      Optional<String> passwordVariable,
      boolean optional,
      boolean unprotected) {
    public Login {
      mechanisms = List.copyOf(mechanisms);
    }
  }

  /** How much is shown, and where. */
  public record Show(
      Loudness loudness,
      boolean sent,
      boolean received,
      boolean info,
      Content content,
      boolean json,
      Optional<Boolean> explain,
      Optional<Path> transcript) {}

  /** When something is shown at all. */
  public enum Loudness {
    ALL,
    /** Nothing until something goes wrong, and then all. */
    WHEN_WRONG,
    /** Only what goes wrong. */
    WRONG,
    NOTHING
  }

  /** How much of the mail is shown. */
  public enum Content {
    ALL,
    BEGINNING,
    NOTHING
  }
}
