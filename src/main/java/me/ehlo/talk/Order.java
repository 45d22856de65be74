package me.ehlo.talk;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What one can tell {@code ehlo talk} itself: its words begin with a slash, as no command of a mail protocol does. */
enum Order {
  HELP("", "what can be typed here"),
  QUIT("", "end the conversation, and ehlo talk"),
  EXPLAIN(
      "[on | off | CODE...]", "explanations on or off, or what a code, reason or extension means"),
  SHOW("", "the last answer to EHLO, in full"),
  AUTH("[USER] [MECHANISM]", "log in; the password is asked for and never shown or kept"),
  TLS("", "say STARTTLS, or STLS, and encrypt"),
  CERT("[save FILE]", "the server's certificates, or their chain into a file"),
  TRUST_ONCE("", "send a password although it might be read, this time"),
  RECONNECT(
      "[PORT | HOST[:PORT] | --mx DOMAIN]", "connect anew, there or elsewhere (--socket PATH too)"),
  AGAIN("", "connect anew and say again what went well"),
  PIPELINE("on | off", "gather lines and send them together; an empty line sends them"),
  RAW("OCTETS", "send exactly these: \\r \\n \\x08 are octets, nothing is added"),
  FILE("FILE [bdat]", "send a file as the mail, by DATA or by BDAT"),
  SCRIPT(
      "FILE [codes | status | words]",
      "play a conversation script here, and say where it goes otherwise"),
  SAVE("FILE", "write the conversation into a .txt, .md or .json"),
  STATUS("", "where the conversation stands"),
  TIMEOUT("[SECONDS]", "how long an answer is awaited"),
  TRANSCRIPT("", "where the conversation is kept");

  private final String arguments;
  private final String does;

  Order(String arguments, String does) {
    this.arguments = arguments;
    this.does = does;
  }

  /** As it is typed: {@code /trust-once}. */
  String word() {
    return "/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What stands behind the word. */
  String arguments() {
    return arguments;
  }

  /** What it does, as a clause. */
  String does() {
    return does;
  }

  /** How it is typed, and what it does, in a sentence. */
  String usage() {
    return (word() + " " + arguments).strip() + ": " + does + ".";
  }

  /** The order of this word, in any case. */
  static Optional<Order> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equalsIgnoreCase(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Order::word).toList();
  }
}
