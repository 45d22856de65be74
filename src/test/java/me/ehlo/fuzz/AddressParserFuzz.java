package me.ehlo.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import me.ehlo.mail.AddressParser;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Parsed;

/** Whatever text is an address, is the same address when it is written and read again. */
class AddressParserFuzz {

  @FuzzTest
  void path(byte[] octets) {
    String text = new String(octets, UTF_8);
    switch (AddressParser.path(text)) {
      case Parsed.Wrong<Mailbox>(var why) -> assertThat(why).isNotBlank();
      case Parsed.Right<Mailbox>(var mailbox) -> check(mailbox);
    }
    if (AddressParser.localPart(text) instanceof Parsed.Right<LocalPart>(var local)) {
      assertThat(local.text().chars()).allMatch(c -> c >= ' ' && c != 0x7F);
    }
  }

  private static void check(Mailbox mailbox) {
    String written = mailbox.toString();
    assertThat(written.chars()).allMatch(c -> c >= ' ' && c != 0x7F);
    // Quotes and backslashes that the writer adds and nobody wrote may make the local part too long
    // for the reader.
    if (mailbox.localPart().toString().getBytes(UTF_8).length <= 64) {
      assertThat(AddressParser.mailbox(written)).isEqualTo(new Parsed.Right<>(mailbox));
    }
  }
}
