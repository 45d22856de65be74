package me.ehlo.net;

import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import me.ehlo.trace.Plain;

/** Why a handshake with a server failed, in words that help. */
public final class HandshakeTrouble {
  private static final String RECEIVED = "Received fatal alert: ";

  private HandshakeTrouble() {}

  /** A sentence without a full stop at its end, as it fits into a longer line. */
  public static String of(WireFailure failure) {
    return switch (failure.kind()) {
      case TIMED_OUT -> "the server did not come to the end of the handshake in time";
      case STOPPED -> "we are stopping";
      case LOST -> {
        Throwable cause = failure.getCause();
        yield cause instanceof SSLException tls
            ? ofTls(tls)
            : "the server broke off in the middle of the handshake, as some do that want a certificate of ours"
                + clause(String.valueOf(failure.getMessage()));
      }
    };
  }

  /** The alert that the server has sent, in the word of RFC 8446 §6; empty: it has sent none. */
  public static Optional<String> alert(WireFailure failure) {
    return failure.getCause() instanceof SSLException tls ? alert(tls) : Optional.empty();
  }

  private static Optional<String> alert(SSLException failure) {
    String message = String.valueOf(failure.getMessage());
    int at = message.indexOf(RECEIVED);
    return at < 0
        ? Optional.empty()
        : Optional.of(Plain.harmless(message.substring(at + RECEIVED.length()).strip()));
  }

  private static String ofTls(SSLException failure) {
    return alert(failure)
        .map(alert -> "the server says " + alert + ": " + meaning(alert))
        .orElseGet(() -> ofOurs(failure));
  }

  private static String meaning(String alert) {
    return switch (alert) {
      case "protocol_version" -> "it speaks neither TLS 1.2 nor 1.3, and what is older is not safe";
      case "handshake_failure", "insufficient_security" ->
          "it knows no cipher or key that we know too, or it wants a certificate of ours";
      case "unrecognized_name" -> "it has no certificate for the name that we called";
      case "certificate_required" -> "it wants a certificate of ours";
      case "unknown_ca" -> "it does not trust whoever signed our certificate";
      case "certificate_expired" -> "our certificate has ended";
      case "certificate_revoked" -> "our certificate was revoked";
      case "bad_certificate", "certificate_unknown", "unsupported_certificate" ->
          "it does not accept our certificate";
      case "access_denied" -> "it knows our certificate and does not let us in";
      case "internal_error" ->
          "something is wrong there, often the set-up of its certificate; its log says what";
      case "no_application_protocol" -> "another protocol than mail is spoken there (ALPN)";
      case "inappropriate_fallback" -> "somebody on the way may have made the versions worse";
      case "decode_error",
          "decrypt_error",
          "illegal_parameter",
          "missing_extension",
          "unexpected_message",
          "unsupported_extension" ->
          "it could not follow what we said";
      default -> "it ends the handshake";
    };
  }

  private static String ofOurs(SSLException failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("not TLS")) { // our own words: net.TlsRecords
      return "what comes is not TLS: the server answers in plain text, as one does where STARTTLS comes first";
    }
    if (message.contains("connection ended") || message.contains("ended the handshake")) {
      return "the server closed the connection in the middle of the handshake";
    }
    if (message.contains("protocol_version") || message.contains("protocol version")) {
      return "the server answers with a version of TLS older than 1.2, which is not safe";
    }
    if (isDue(failure, CertificateParsingException.class)) {
      return "the server's certificate cannot be read" + clause(message);
    }
    if (isDue(failure, CertificateException.class)) {
      return "the server's certificate is not trusted" + clause(message);
    }
    if (message.contains("algorithm constraints")) {
      return "the server's keys are too weak" + clause(message);
    }
    return "the handshake failed" + clause(message);
  }

  private static boolean isDue(Throwable failure, Class<? extends Throwable> kind) {
    Throwable cause = failure.getCause();
    return kind.isInstance(cause) || cause != null && isDue(cause, kind);
  }

  private static String clause(String message) {
    return message.isEmpty() || message.equals("null") ? "" : ": " + Plain.harmless(message);
  }
}
