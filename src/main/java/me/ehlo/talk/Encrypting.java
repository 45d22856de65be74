package me.ehlo.talk;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import me.ehlo.call.Protocol;
import me.ehlo.net.CertificateJudgement;
import me.ehlo.net.CertificateReport;
import me.ehlo.net.HandshakeTrouble;
import me.ehlo.net.Secured;
import me.ehlo.net.TlsClient;
import me.ehlo.net.Trust;
import me.ehlo.net.WireFailure;
import me.ehlo.trace.Mark;

/** Begins TLS on a connection and tells all there is to tell about it, above all about the certificate. */
final class Encrypting {
  private final Supplier<TlsClient> tls;
  private final Supplier<Trust> trust;
  private final Notebook notebook;
  private final boolean strict;
  private Optional<CertificateJudgement> judgement = Optional.empty();

  /**
   * @param strict whether a certificate that is not good ends it
   */
  Encrypting(Supplier<TlsClient> tls, Supplier<Trust> trust, Notebook notebook, boolean strict) {
    this.tls = tls;
    this.trust = trust;
    this.notebook = notebook;
    this.strict = strict;
  }

  /** Means that nobody but the server itself can read a password that is sent now. */
  boolean isTrustworthy() {
    return judgement.map(CertificateJudgement::isGood).orElse(false);
  }

  /** Why it is not, as a clause. */
  String flaw(InstantSource clock) {
    return judgement
        .map(judged ->
            CertificateReport.lines(judged, clock.instant()).stream()
                .filter(line -> line.sign() == CertificateReport.Sign.BAD)
                .map(line -> flaw(line.word()))
                .findFirst()
                .orElse("is not good"))
        .orElse("was not shown");
  }

  /** What the server has shown, its own certificate first. */
  List<X509Certificate> chain() {
    return judgement.map(CertificateJudgement::shown).orElse(List.of());
  }

  /** All findings about it, once more. */
  void tellAll() {
    judgement.ifPresent(judged -> findings(judged, Mark.INFO));
  }

  /** Behind the consent to STARTTLS: the handshake, and EHLO or CAPA once more; false: the conversation is over. */
  boolean begin(Conversation conversation) throws WireFailure {
    Link link = conversation.link();
    String hello = link.progress().hello();
    List<String> before = link.progress().offered();
    if (!handshake(link)) {
      return false;
    }
    if (link.progress().protocol() == Protocol.POP3) {
      notebook.advise("After TLS the server may offer other things, so ehlo asks again:");
      conversation.capabilities();
    } else if (!hello.isEmpty()) {
      conversation.sayHelloAgain(hello, before);
    }
    return true;
  }

  /** The handshake, and what it has brought; false: there is no going on. */
  boolean handshake(Link link) {
    try {
      Optional<Secured> secured = link.encrypt(tls.get());
      if (secured.isEmpty()) {
        notebook.tell(
            Mark.ERROR,
            "the server said more in the clear behind its consent to TLS, which nobody can trust"
                + " (RFC 3207 section 6)");
        link.call().close();
        return failed();
      }
      return told(link, secured.get());
    } catch (WireFailure e) {
      notebook.tell(Mark.ERROR, "no TLS: " + HandshakeTrouble.of(e));
      return failed();
    }
  }

  private boolean told(Link link, Secured secured) {
    String version = secured.channel().version();
    if (secured.chain().isEmpty()) {
      notebook.tell(
          Mark.ERROR, "TLS is on (" + version + "), but the server has shown no certificate.");
      judgement = Optional.empty();
    } else {
      CertificateJudgement judged =
          CertificateJudgement.of(
              secured.chain(),
              bare(link.call().to().name()),
              trust.get(),
              notebook.clock().instant());
      judgement = Optional.of(judged);
      if (judged.isGood()) {
        notebook.tell(Mark.INFO, version + ", " + secured.channel().cipher());
        notebook.tell(
            Mark.INFO,
            "certificate ok: " + CertificateReport.summary(judged, notebook.clock().instant()));
      } else {
        tellFlaws(judged, version);
      }
    }
    if (strict && !isTrustworthy()) {
      notebook.tell(Mark.ERROR, "--verify=strict: no further than this.");
      link.call().close();
      return failed();
    }
    return true;
  }

  private void tellFlaws(CertificateJudgement judged, String version) {
    notebook.tell(Mark.ERROR, "TLS is on (" + version + "), but the certificate is not valid:");
    findings(judged, Mark.ERROR);
    notebook.advise(
        List.of(
            "Who minds?",
            "  most sending servers          deliver anyway; on port 25 TLS is opportunistic and"
                + " unchecked",
            "  mail programs (587, 465)      stop or warn the user",
            hint(judged),
            "ehlo goes on so that you can look around. It will not send a password here:"
                + " /trust-once to allow."));
  }

  private static String hint(CertificateJudgement judged) {
    return judged.validity() instanceof CertificateJudgement.Validity.Expired
        ? "Usual cause: renewed on disk, server not reloaded.  /cert shows it, /cert save FILE"
            + " writes the chain."
        : "/cert shows it, /cert save FILE writes the chain.";
  }

  private void findings(CertificateJudgement judged, Mark mark) {
    boolean first = true;
    for (CertificateReport.Line line :
        CertificateReport.lines(judged, notebook.clock().instant())) {
      boolean bad = line.sign() == CertificateReport.Sign.BAD;
      String pointer = bad && first && mark == Mark.ERROR ? "         <- this is the problem" : "";
      first &= !bad;
      notebook.tell(mark, "  %-11s %s%s".formatted(line.word(), line.text(), pointer));
    }
  }

  private boolean failed() {
    notebook.tally().brokeOff(Ending.TLS);
    return false;
  }

  private static String flaw(String word) {
    return switch (word) {
      case "EXPIRED" -> "is expired";
      case "NOT YET" -> "is not valid yet";
      case "WRONG NAME" -> "is for another name";
      case "SELF-SIGNED" -> "vouches only for itself";
      default -> "is not trusted";
    };
  }

  /** An address literal without its brackets. */
  static String bare(String name) {
    String inside =
        name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    return inside.regionMatches(true, 0, "IPv6:", 0, 5) ? inside.substring(5) : inside;
  }
}
