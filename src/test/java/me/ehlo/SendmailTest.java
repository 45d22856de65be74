package me.ehlo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.ehlo.access.Account;
import me.ehlo.config.Config;
import me.ehlo.config.Configuration;
import me.ehlo.config.Flags;
import me.ehlo.config.Misconfigured;
import me.ehlo.config.Surroundings;
import me.ehlo.control.Typed;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrop;
import me.ehlo.maildrop.StoredMail;
import me.ehlo.spool.Content;
import me.ehlo.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ehlo sendmail} and the server it hands mail to, by the real socket. */
class SendmailTest {
  private static final String ME = System.getProperty("user.name");

  @TempDir Path folder;

  @Test
  void aMailOfCronArrives() throws Exception {
    try (Server _ = server()) {
      Typed typed =
          Typed.input(
              "From: root (Cron Daemon)\nTo: postmaster\nSubject: Cron <x>\n\n.\nout\r50%\n");
      assertThat(sendmail(typed, "-i", "-FCronDaemon", "-B8BITMIME", "-oem", "postmaster"))
          .isZero();
      assertThat(typed.err() + typed.out()).isEmpty();
    }
    String mail = onlyMail();
    assertThat(mail)
        .startsWith("Return-Path: <" + ME + "@ehlo.test>\r\n")
        .contains("Received: by mx.ehlo.test (Ehlo, from user " + ME + ") with ESMTP id ")
        .contains("From: root@ehlo.test (Cron Daemon)\r\n", "To: postmaster@ehlo.test\r\n")
        .containsPattern("\r\nDate: ")
        .containsPattern("\r\nMessage-ID: <\\w+@mx.ehlo.test>")
        .endsWith("\r\n\r\n.\r\nout\r\n50%\r\n");
  }

  @Test
  void recipientsOfTheHeaderGetItAndNobodySeesTheBlindOnes() throws Exception {
    try (Server _ = server()) {
      Typed typed = Typed.input("To: undisclosed:;\nBcc: <postmaster>\nSubject: s\n\ntext\n");
      assertThat(sendmail(typed, "-ti", "-v", "-f", "app@elsewhere.test")).isZero();
      assertThat(typed.out()).matches("Ok: queued as \\w{12}\n");
    }
    assertThat(onlyMail())
        .contains("Return-Path: <app@elsewhere.test>", "From: app@elsewhere.test\r\n")
        .contains("for <postmaster>")
        .doesNotContain("Bcc");
  }

  @Test
  void aTextAloneIsAMail() throws Exception {
    try (Server _ = server()) {
      assertThat(sendmail(Typed.input("only: this\nis text\n"), "postmaster")).isZero();
      assertThat(sendmail(Typed.input(""), "postmaster")).isZero();
    }
    List<String> mails = mails();
    assertThat(mails).hasSize(2);
    assertThat(mails.getFirst())
        .contains("\r\nFrom: " + ME + "@ehlo.test\r\n")
        .endsWith("\r\n\r\nis text\r\n");
    assertThat(mails.getLast()).contains("\r\nFrom: " + ME + "@ehlo.test\r\n");
  }

  @Test
  void theOthersGetItWhenOneIsRefused() throws Exception {
    try (Server _ = server()) {
      Typed typed = Typed.input("Subject: s\n\ntext\n");
      assertThat(sendmail(typed, "nobody-here", "postmaster")).isEqualTo(67);
      assertThat(typed.err()).startsWith("sendmail: nobody-here: 550 5.1.1 ");
      assertThat(typed.err().lines()).hasSize(1);
    }
    assertThat(onlyMail()).contains("text");
  }

  @Test
  void mailForElsewhereIsQueued() throws Exception {
    try (Server _ = server("--set", "queue.deliver=7d")) {
      assertThat(sendmail(Typed.input("Subject: s\n\ntext\n"), "far@elsewhere.test")).isZero();
      Typed list = Typed.input("");
      assertThat(sendmail(list, "-bp")).isZero();
      assertThat(list.out()).contains("far@elsewhere.test");
    }
  }

  @Test
  void tooBigIsForGood() throws Exception {
    try (Server _ = server("--set", "smtp.size-max=65536")) {
      Typed typed = Typed.input("Subject: s\n\n" + "x".repeat(70_000));
      assertThat(sendmail(typed, "postmaster")).isEqualTo(65);
      assertThat(typed.err()).contains("552 5.3.4");
    }
    assertThat(mails()).isEmpty();
  }

  @Test
  void onlyThoseNamedMay() throws Exception {
    try (Server _ = server("--set", "policy.submit-users=somebody-else")) {
      Typed typed = Typed.input("Subject: s\n\ntext\n");
      assertThat(sendmail(typed, "postmaster")).isEqualTo(77);
      assertThat(typed.err()).contains("550 5.7.1", ME);
    }
  }

  @Test
  void aClosedDoorAndAnAbsentServer() throws Exception {
    Typed away = Typed.input("Subject: s\n\ntext\n");
    assertThat(sendmail(away, "postmaster")).isEqualTo(75);
    assertThat(away.err()).contains("cannot be reached").hasLineCount(1);
    Path socket = folder.resolve("data/submit.sock");
    try (Server _ = server()) {
      assertThat(socket).exists();
    }
    assertThat(socket).doesNotExist();
    assertThat(sendmail(Typed.input("x"), "postmaster")).isEqualTo(75);
    try (Server _ = server("--set", "listen.submit=")) {
      assertThat(socket).doesNotExist();
    }
  }

  @Test
  void smtpIsSpokenAtTheStandardInput() throws Exception {
    try (Server _ = server()) {
      Typed typed =
          Typed.input("EHLO me\r\nMAIL FROM:<ann>\nRCPT TO:<postmaster>\r\nAUTH PLAIN\r\nQUIT\r\n");
      assertThat(sendmail(typed, "-bs")).isZero();
      assertThat(typed.out().lines())
          .anyMatch(line -> line.startsWith("220 mx.ehlo.test ESMTP Ehlo "))
          .contains("250 2.1.0 <ann@ehlo.test> Sender ok", "250 2.1.5 <postmaster> Recipient ok")
          .noneMatch(line -> line.contains("250-AUTH") || line.contains("STARTTLS"))
          .anyMatch(line -> line.startsWith("221 "));
    }
  }

  @Test
  void theSystemsFileSaysWhereTheServerIs() throws Exception {
    Path elsewhere = folder.resolve("run/s");
    Files.writeString(folder.resolve("ehlo.toml"), "data = \"mine\"\n");
    Files.writeString(
        folder.resolve("system.toml"),
        "listen.submit = \"" + elsewhere + "\"\nrelay.password-file = \"/nobody/may\"\n");
    assertThat(Configuration.submitSocket(Flags.NONE, surroundings(Map.of()))).contains(elsewhere);
    assertThat(
            Configuration.submitSocket(
                Flags.NONE, surroundings(Map.of("EHLO_LISTEN_SUBMIT", "/x/y"))))
        .contains(Path.of("/x/y"));
    Flags own = new Flags(Optional.of(Path.of("ehlo.toml")), Optional.empty(), List.of());
    assertThat(Configuration.submitSocket(own, surroundings(Map.of())))
        .contains(folder.resolve("mine/submit.sock"));
    assertThat(sendmail(Typed.input("x"), "postmaster")).isEqualTo(75);
    assertThat(sendmail(Typed.input("x"), "-C", "not-there.toml", "postmaster")).isEqualTo(78);
  }

  @Test
  void aMistakeIsOneSentence() {
    Typed typed = Typed.input("x");
    assertThat(sendmail(typed, "-y")).isEqualTo(64);
    assertThat(typed.err()).isEqualTo("sendmail: there is no option -y\n");
    assertThat(sendmail(Typed.input("x"))).isEqualTo(64);
    assertThat(sendmail(Typed.input("Subject: s\n\nx"), "-t")).isEqualTo(64);
    assertThat(sendmail(Typed.input("To: a b\n\nx"), "-t")).isEqualTo(65);
    assertThat(sendmail(Typed.input(""), "-bi")).isZero();
    Typed help = Typed.input("");
    assertThat(sendmail(help, "--help")).isZero();
    assertThat(help.out()).contains("Usage: ehlo sendmail", "-t ");
  }

  private int sendmail(Typed typed, String... words) {
    List<String> all = new ArrayList<>(List.of("sendmail"));
    all.addAll(List.of(words));
    return Main.run(typed.streams(), surroundings(Map.of()), all.toArray(String[]::new));
  }

  private Server server(String... flags) throws Exception {
    return Server.start(config(flags));
  }

  private Config config(String... flags) throws Misconfigured {
    List<String> set = new ArrayList<>(List.of("domains=ehlo.test", "hostname=mx.ehlo.test"));
    for (String door : List.of("smtp", "submission", "submissions", "pop3", "pop3s")) {
      set.add("listen." + door + "=127.0.0.1:0");
    }
    for (int i = 1; i < flags.length; i += 2) {
      set.add(flags[i]);
    }
    return Configuration.load(
            new Flags(Optional.empty(), Optional.empty(), set), surroundings(Map.of()))
        .config();
  }

  private String onlyMail() throws Exception {
    List<String> mails = mails();
    assertThat(mails).hasSize(1);
    return mails.getFirst();
  }

  /** The postmaster's, as they are read; the server has ended. */
  private List<String> mails() throws Exception {
    List<String> mails = new ArrayList<>();
    try (Store store = Administrator.openStore(config(), _ -> {})) {
      Account postmaster = store.directory().accounts().getFirst();
      try (Maildrop drop = store.maildrops().open(postmaster.id()).orElseThrow()) {
        for (StoredMail mail : drop.mails()) {
          mails.add(text(drop, mail));
        }
      }
    }
    return mails;
  }

  private static String text(Maildrop drop, StoredMail mail) throws StorageFailure {
    StringBuilder text = new StringBuilder();
    try (Content content = drop.content(mail)) {
      for (byte[] piece = content.next(); piece.length > 0; piece = content.next()) {
        text.append(new String(piece, UTF_8));
      }
    }
    return text.toString();
  }

  private Surroundings surroundings(Map<String, String> environment) {
    return new Surroundings(
        environment, folder, folder.resolve("system.toml"), () -> "mx.example.org");
  }
}
