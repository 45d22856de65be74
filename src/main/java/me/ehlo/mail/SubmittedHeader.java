package me.ehlo.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The header of a mail that one of our users submits, as it is sent on (RFC 6409 §8): what is missing is added, addresses
 * without a domain get one, Bcc is gone, and everything else stands as it came, octet for octet.
 *
 * <p>It also says whom the header names as authors, and says that this is unclear where programs could read it differently:
 * what cannot be read for sure, or is more than anybody writes, is changed by nobody and vouched for by nobody. It goes
 * through the header once.
 */
public final class SubmittedHeader {
  private static final int AUTHORS_MAX = 100;

  /**
   * How many addresses of a header are read, and how many authors: ten times as many as a mail usually goes to. An address of
   * one letter may grow by a domain of 253, so a header of a megabyte that is all such addresses would grow to a hundred; of
   * these it is 2.5.
   */
  private static final int ADDRESSES_MAX = 10_000;

  private static final Set<String> AUTHORS =
      Set.of("from", "sender", "resent-from", "resent-sender");
  private static final Set<String> ONCE = Set.of("from", "sender"); // RFC 5322 §3.6
  private static final Set<String> ADDRESSES =
      Set.of("to", "cc", "reply-to", "resent-to", "resent-cc");
  private static final Set<String> BLIND = Set.of("bcc", "resent-bcc"); // RFC 5322 §3.6.3

  private final Context context;
  private final StringBuilder completed;
  private final List<Mailbox> authors = new ArrayList<>();
  private final Set<String> present = new HashSet<>();
  private int authorsAtMost;
  private int addressesAtMost;
  private @Nullable String unclear;

  /**
   * What is known from elsewhere.
   *
   * @param author who is put into From where there is none; its host completes other addresses
   * @param date now, as in RFC 5322 §3.3
   * @param id the mail's, of which with our host name a Message-ID is made where there is none (RFC 5322 §3.6.4)
   */
  public record Context(Mailbox author, String date, MailId id, String hostname) {}

  private SubmittedHeader(int length, Context context) {
    this.context = context;
    this.completed = new StringBuilder(length + 200);
  }

  /** Completes a header, its empty line included where it has one; of no octets at all it makes a whole one. */
  public static SubmittedHeader of(byte[] header, Context context) {
    SubmittedHeader submitted = new SubmittedHeader(header.length, context);
    submitted.complete(new String(header, StandardCharsets.ISO_8859_1));
    return submitted;
  }

  /** The header as it is sent on. */
  public byte[] octets() {
    return completed.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Whom it names. */
  public Authors authors() {
    return unclear == null ? new Authors.Named(authors) : new Authors.Unclear(unclear);
  }

  private void complete(String header) {
    int at = 0;
    while (at < header.length() && header.charAt(at) != '\r' && header.charAt(at) != '\n') {
      int behind = endOfField(header, at);
      field(header.substring(at, behind));
      at = behind;
    }
    add("date", "Date", context.date());
    add("from", "From", utf8(context.author().localPart() + "@" + home()));
    add("message-id", "Message-ID", "<" + context.id() + "@" + context.hostname() + ">");
    completed.append(header.isEmpty() ? "\r\n" : header.substring(at));
  }

  /** The index behind the field's last line. */
  private static int endOfField(String header, int from) {
    int lineFeed = header.indexOf('\n', from);
    while (lineFeed >= 0
        && lineFeed + 1 < header.length()
        && isBlank(header.charAt(lineFeed + 1))) {
      lineFeed = header.indexOf('\n', lineFeed + 1);
    }
    return lineFeed < 0 ? header.length() : lineFeed + 1;
  }

  private void field(String field) {
    int colon = field.indexOf(':');
    String name =
        colon < 0 ? "" : field.substring(0, colon).stripTrailing().toLowerCase(Locale.ROOT);
    if (!isName(name)) {
      unclear("a line of its header is no field, and no empty line stands before the text");
    }
    if (!present.add(name) && ONCE.contains(name)) {
      unclear("its header has two fields " + name);
    }
    if (AUTHORS.contains(name)) {
      authors(name, field, colon + 1);
    } else if (ADDRESSES.contains(name)) {
      addresses(field, colon + 1);
    } else if (!BLIND.contains(name)) {
      completed.append(field);
    }
  }

  /** How many addresses a field has at most: each comma may end one, wherever it stands. */
  private static int atMost(String field) {
    return 1 + (int) field.chars().filter(c -> c == ',').count();
  }

  private void authors(String name, String field, int from) {
    authorsAtMost += atMost(field);
    if (authorsAtMost > ADDRESSES_MAX) {
      completed.append(field);
      unclear("its header names more authors than " + ADDRESSES_MAX);
      return;
    }
    switch (AddressList.parse(field.substring(from), context.author().host())) {
      case Parsed.Wrong<List<AddressList.Entry>>(var why) -> {
        completed.append(field);
        unclear("its field " + name + " cannot be read: " + why);
      }
      case Parsed.Right<List<AddressList.Entry>>(var entries) -> {
        entries.stream().limit(AUTHORS_MAX).forEach(entry -> authors.add(entry.mailbox()));
        if (entries.size() > AUTHORS_MAX) {
          unclear("its field " + name + " names more than " + AUTHORS_MAX);
        }
        append(field, from, entries);
      }
    }
  }

  private void addresses(String field, int from) {
    addressesAtMost += atMost(field);
    if (addressesAtMost > ADDRESSES_MAX) {
      completed.append(field);
      return;
    }
    switch (AddressList.parse(field.substring(from), context.author().host())) {
      case Parsed.Wrong<List<AddressList.Entry>> _ -> completed.append(field);
      case Parsed.Right<List<AddressList.Entry>>(var entries) -> append(field, from, entries);
    }
  }

  private void append(String field, int from, List<AddressList.Entry> entries) {
    int at = 0;
    for (AddressList.Entry entry : entries) {
      if (entry.lacking().isPresent()) {
        int behind = from + entry.lacking().getAsInt();
        completed.append(field, at, behind).append('@').append(home());
        at = behind;
      }
    }
    completed.append(field, at, field.length());
  }

  /** As it may stand in any header. */
  private String home() {
    return context.author().host() instanceof Domain domain
        ? domain.ascii()
        : context.author().host().toString();
  }

  private void add(String key, String name, String value) {
    if (!present.contains(key)) {
      boolean cut = !completed.isEmpty() && completed.charAt(completed.length() - 1) != '\n';
      completed.append(cut ? "\r\n" : "").append(name).append(": ").append(value).append("\r\n");
    }
  }

  private void unclear(String why) {
    unclear = unclear == null ? why : unclear;
  }

  private static boolean isName(String name) {
    return !name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c < 0x7F);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /** Each character an octet. */
  private static String utf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
