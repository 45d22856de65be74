package me.ehlo;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import me.ehlo.access.Crowd;
import me.ehlo.config.Config;
import me.ehlo.config.Endpoint;
import me.ehlo.front.Encryption;
import me.ehlo.front.Entrance;
import me.ehlo.front.Pop3Door;
import me.ehlo.front.SmtpDoor;
import me.ehlo.front.SubmitDoor;
import me.ehlo.lines.LineDecoder;
import me.ehlo.mail.Domain;
import me.ehlo.net.CertificateFiles;
import me.ehlo.net.Listener;
import me.ehlo.net.LocalServerSocket;
import me.ehlo.net.SelfSigned;
import me.ehlo.net.ServedCertificates;
import me.ehlo.net.TlsServer;
import me.ehlo.net.UnusableCertificate;
import me.ehlo.pop3.Pop3Limits;
import me.ehlo.smtp.SmtpLimits;
import me.ehlo.smtp.server.Service;
import me.ehlo.trace.Journal;

/** The doors: which are open, on which addresses, and with which certificates. */
final class Doors {
  static final String SMTP = "SMTP";
  private static final Duration MAILS_FINISH_WITHIN = Duration.ofSeconds(10);

  /** Of their own, so that strangers who fill the other doors do not keep out this machine's programs. */
  private static final int SUBMITTING_MAX = 200;

  private record Open(String what, boolean smtp, Listener listener) {}

  private final Config config;
  private final Journal journal;
  private final InstantSource clock;
  private final Entrance entrance;
  private final Semaphore places;
  private final List<Open> open = new ArrayList<>();
  private Optional<Listener> submitting = Optional.empty();
  private boolean selfSigned;

  /** No door is open yet. */
  Doors(Config config, Journal journal, InstantSource clock) {
    this.config = config;
    this.journal = journal;
    this.clock = clock;
    this.entrance = entrance();
    this.places = new Semaphore(config.limits().connections().inAll());
  }

  /**
   * Opens all doors of the configuration; each is given what is spoken at it, and how it is encrypted.
   *
   * @param submitDoors makes the door for this machine's users from one whose limits it shares
   */
  void open(
      BiFunction<Service, Encryption, SmtpDoor> smtpDoors,
      Function<Encryption, Pop3Door> pop3Doors,
      Function<SmtpDoor, SubmitDoor> submitDoors)
      throws StartFailure {
    ServedCertificates certificates = certificates();
    selfSigned = certificates.areSelfSigned();
    TlsServer tls = new TlsServer(certificates);
    Encryption onRequest = encryption(tls, false);
    Encryption fromTheStart = encryption(tls, true);
    Config.Listen listen = config.listen();
    smtp(SMTP, "smtp", listen.smtp(), smtpDoors.apply(Service.TRANSFER, onRequest));
    SmtpDoor submission = smtpDoors.apply(Service.SUBMISSION, onRequest);
    smtp("submission", "submission", listen.submission(), submission);
    SmtpDoor submissions = smtpDoors.apply(Service.SUBMISSION, fromTheStart);
    smtp("submission with TLS", "submissions", listen.submissions(), submissions);
    pop3("POP3", "pop3", listen.pop3(), pop3Doors.apply(onRequest));
    pop3("POP3 with TLS", "pop3s", listen.pop3s(), pop3Doors.apply(fromTheStart));
    if (listen.submit().isPresent()) {
      submit(
          listen.submit().get(),
          submitDoors.apply(smtpDoors.apply(Service.TRANSFER, Encryption.NONE)));
    }
  }

  private ServedCertificates certificates() throws StartFailure {
    try {
      return new ServedCertificates(files(), journal, clock);
    } catch (UnusableCertificate e) {
      throw new StartFailure(
          "The certificate cannot be used (tls.certificate, tls.key): " + e.getMessage(), e);
    }
  }

  private CertificateFiles files() {
    if (!config.tls().certificates().isEmpty()) {
      return CertificateFiles.of(config.tls().certificates(), config.tls().keys());
    }
    List<String> names =
        Stream.concat(Stream.of(config.hostname()), config.domains().stream())
            .map(Domain::ascii)
            .toList();
    return CertificateFiles.of(new SelfSigned(config.data(), names, clock));
  }

  private Encryption encryption(TlsServer tls, boolean fromTheStart) {
    return new Encryption(Optional.of(tls), fromTheStart, config.limits().times().handshake());
  }

  private Entrance entrance() {
    Config.Limits limits = config.limits();
    Crowd crowd =
        new Crowd(
            new Crowd.Limits(
                limits.connections().address(),
                limits.connections().network(),
                limits.connectionRate(),
                limits.loopback()),
            clock);
    return new Entrance(
        config.listen().proxyFrom(), limits.times().handshake(), crowd, journal, clock);
  }

  private void smtp(String what, String name, List<Endpoint> endpoints, SmtpDoor door)
      throws StartFailure {
    Supplier<LineDecoder> lines =
        () -> new LineDecoder(SmtpLimits.COMMAND_LINE_OCTETS, config.smtp().strict());
    for (Endpoint endpoint : endpoints) {
      open.add(
          new Open(what, true, listen(name, endpoint, lines, entrance.to(door), door::refuse)));
    }
  }

  private void submit(Path socket, SubmitDoor door) throws StartFailure {
    try {
      submitting =
          Optional.of(
              new Listener(
                  "submit",
                  LocalServerSocket.at(socket),
                  () -> new LineDecoder(SmtpLimits.COMMAND_LINE_OCTETS, false),
                  new Semaphore(SUBMITTING_MAX),
                  door,
                  door::refuse));
    } catch (IOException e) {
      throw new StartFailure(
          "Cannot listen on " + socket + " (listen.submit): " + e.getMessage(), e);
    }
  }

  private void pop3(String what, String name, List<Endpoint> endpoints, Pop3Door door)
      throws StartFailure {
    Supplier<LineDecoder> lines = () -> new LineDecoder(Pop3Limits.ANSWER_OCTETS_MAX, false);
    for (Endpoint endpoint : endpoints) {
      open.add(
          new Open(what, false, listen(name, endpoint, lines, entrance.to(door), door::refuse)));
    }
  }

  private Listener listen(
      String name,
      Endpoint endpoint,
      Supplier<LineDecoder> lines,
      Listener.Conversation conversation,
      Listener.Conversation refusal)
      throws StartFailure {
    try {
      return new Listener(name, endpoint.address(), lines, places, conversation, refusal);
    } catch (BindException e) {
      throw new StartFailure(
          "Cannot listen on "
              + endpoint
              + " (listen."
              + name
              + "): "
              + e.getMessage()
              + ". Give it another address with --set listen."
              + name
              + "=HOST:PORT, or end the program that is there",
          e);
    } catch (IOException e) {
      throw new StartFailure(
          "Cannot listen on " + endpoint + " (listen." + name + "): " + e.getMessage(), e);
    }
  }

  /** Where mail is taken, by whichever door. */
  List<InetSocketAddress> smtpAddresses() {
    return open.stream().filter(Open::smtp).map(door -> door.listener.address()).toList();
  }

  /** What is open, for people. */
  List<Welcome.Door> shown() {
    return open.stream().map(door -> new Welcome.Door(door.what, door.listener.address())).toList();
  }

  /** Whether the certificate that is shown at them is one that nobody else has signed. */
  boolean showSelfSigned() {
    return selfSigned;
  }

  /** Lets nobody in any more. */
  void close() {
    open.forEach(door -> door.listener.close());
    submitting.ifPresent(Listener::close);
  }

  /** Lets mails under way be finished. */
  void awaitEnd() {
    open.forEach(door -> door.listener.awaitEnd(MAILS_FINISH_WITHIN));
    submitting.ifPresent(door -> door.awaitEnd(MAILS_FINISH_WITHIN));
  }
}
