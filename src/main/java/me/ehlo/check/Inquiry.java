package me.ehlo.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import me.ehlo.check.Question.Kind;
import me.ehlo.mail.Mailbox;

/**
 * What a server is asked about a domain.
 *
 * @param sender in whose name; the null sender is always asked for first
 * @param elsewhere a mailbox that is none of the domain's, for the question whether the server relays
 * @param rcpt the recipient somebody wants to know about
 */
record Inquiry(String domain, Optional<String> sender, String elsewhere, Optional<Mailbox> rcpt) {
  private static final int LETTERS = 10;

  Plan plan(RandomGenerator random) {
    List<Question> own = new ArrayList<>();
    own.add(Question.from(Kind.NULL_SENDER, ""));
    own.addAll(recipients(random));
    List<List<Question>> groups = new ArrayList<>();
    sender.ifPresent(name -> {
      List<Question> other = new ArrayList<>();
      other.add(Question.from(Kind.SENDER, name));
      rcpt.ifPresent(mailbox -> other.add(Question.to(Kind.RCPT, mailbox.toString(), domain)));
      other.addAll(relays());
      groups.add(other);
    });
    if (sender.isEmpty()) {
      List<Question> other = new ArrayList<>();
      other.add(Question.from(Kind.SENDER, ""));
      other.addAll(relays());
      groups.add(other);
    }
    return new Plan(true, own, groups);
  }

  private List<Question> recipients(RandomGenerator random) {
    List<Question> recipients = new ArrayList<>();
    if (sender.isEmpty()) {
      rcpt.ifPresent(mailbox -> recipients.add(Question.to(Kind.RCPT, mailbox.toString(), domain)));
    }
    recipients.add(Question.to(Kind.POSTMASTER, "postmaster@" + domain, domain));
    recipients.add(Question.to(Kind.RANDOM, nobody(random) + "@" + domain, domain));
    return recipients;
  }

  /** The ways to write it that relays have been talked into. */
  private List<Question> relays() {
    int at = elsewhere.lastIndexOf('@');
    String user = elsewhere.substring(0, at);
    String host = elsewhere.substring(at + 1);
    return List.of(
            elsewhere,
            user + "%" + host + "@" + domain,
            "@" + domain + ":" + elsewhere,
            "\"" + elsewhere + "\"@" + domain,
            host + "!" + user + "@" + domain)
        .stream()
        .map(path -> Question.to(Kind.RELAY, path, domain))
        .toList();
  }

  private static String nobody(RandomGenerator random) {
    StringBuilder name = new StringBuilder("nobody-");
    random.ints(LETTERS, 'a', 'z' + 1).forEach(name::appendCodePoint);
    return name.toString();
  }
}
