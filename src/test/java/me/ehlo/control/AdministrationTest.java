package me.ehlo.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import me.ehlo.access.Postmaster;
import me.ehlo.mail.Domain;
import me.ehlo.mail.StorageFailure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdministrationTest {
  private static final Domain LOCALHOST = Domain.ofAscii("localhost");
  private static final Domain EXAMPLE = Domain.ofAscii("example.org");

  @TempDir Path folder;

  private final SmallDirectory directory = new SmallDirectory();
  private final List<String> findings = new ArrayList<>();
  private final Administration administration =
      new Administration(
          new Site(
              List.of(LOCALHOST, EXAMPLE),
              500,
              directory,
              directory,
              SmallDirectory::keep,
              () -> "made-up",
              () -> findings,
              AdministrationTest::copy,
              new Leaving(new SmallQueue(), () -> {}, Clock.systemUTC())));

  @BeforeEach
  void thePostmasterIsThereFirst() throws StorageFailure {
    Postmaster.ensure(directory, LOCALHOST);
    Postmaster.ensure(directory, LOCALHOST);
    assertThat(directory.accounts()).hasSize(1);
  }

  @Test
  void aUserIsAddedWithAPasswordTypedTwice() {
    Typed typed = Typed.answers("secret", "secret");
    assertThat(perform(add("ann@localhost"), typed)).isZero();
    assertThat(typed.prompts()).isEqualTo("New password for ann@localhost: \nThe same again: \n");
    assertThat(typed.out()).isEqualTo("Added ann@localhost. Mail to it is taken from now on.\n");
    assertThat(list())
        .containsExactly(
            "ADDRESS               MAILS  OCTETS  QUOTA  PASSWORD",
            "postmaster@localhost  0      0       none   not set",
            "ann@localhost         0      0       500    set");
    assertThat(directory.hash("ann@localhost")).contains("hash of secret");
  }

  @Test
  void differentPasswordsAreAskedForAgain() {
    Typed typed = Typed.answers("secret", "sceret", "secret", "secret");
    assertThat(perform(add("ann@localhost"), typed)).isZero();
    assertThat(typed.err()).isEqualTo("These are two different passwords.\n");
    assertThat(perform(add("bob@localhost"), Typed.answers("a", "b", "a", "b", "a", "b")))
        .isEqualTo(1);
    assertThat(list()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"'secret\n'", "'secret\r\n'", "'secret\nmore'", "secret"})
  void aPasswordIsTheFirstLineOfInput(String input) {
    Typed typed = Typed.input(input);
    int code =
        administration.perform(add("ann@localhost"), new LocalDialogue(typed.streams(), true));
    assertThat(code).isZero();
    assertThat(directory.hash("ann@localhost")).contains("hash of secret");
  }

  @Test
  void withoutATerminalNothingIsAsked() {
    Typed typed = Typed.input("secret\n");
    assertThat(perform(add("ann@localhost"), typed)).isEqualTo(1);
    assertThat(typed.err()).contains("--password-stdin");
    assertThat(list()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ann                | ann: an address has an @ between the name and the domain. Did you mean ann@localhost?
          ann@               | ann@: the domain is missing.
          ann@other.example  | ann@other.example: other.example is not one of our domains, which are localhost, example.org. To make it one, add it to "domains" in the configuration and restart the server.
          ann@[127.0.0.1]    | ann@[127.0.0.1]: [127.0.0.1] is not one of our domains, which are localhost, example.org. To make it one, add it to "domains" in the configuration and restart the server.
          POSTMASTER@localhost | POSTMASTER@localhost exists already; ehlo user password sets its password.
          sales@localhost    | sales@localhost is an alias; ehlo alias remove sales@localhost makes room.
          """)
  void whoCannotBeAddedIsToldWhyBeforeAPasswordIsAskedFor(String address, String why) {
    perform(new Request.AliasAdd("sales@localhost", List.of("postmaster@localhost")));
    Typed typed = Typed.answers("secret", "secret");
    assertThat(perform(add(address), typed)).isEqualTo(1);
    assertThat(typed.err()).isEqualTo(why + "\n");
    assertThat(typed.prompts()).isEmpty();
  }

  @Test
  void aPasswordThatIsNoneIsRefused() {
    assertThat(perform(add("ann@localhost"), Typed.answers("", ""))).isEqualTo(1);
    assertThat(perform(add("ann@localhost"), Typed.answers("a\tb", "a\tb"))).isEqualTo(1);
    assertThat(perform(add("ann@localhost"), Typed.answers("x".repeat(1025), "x".repeat(1025))))
        .isEqualTo(1);
    assertThat(list()).hasSize(2);
  }

  @Test
  void thePostmastersMaildropIsOpenedByAPassword() {
    Typed typed = Typed.answers("secret", "secret");
    assertThat(perform(new Request.UserPassword("Postmaster@LOCALHOST"), typed)).isZero();
    assertThat(directory.hash("postmaster@localhost")).contains("hash of secret");
    assertThat(typed.out()).isEqualTo("The password of postmaster@localhost is set.\n");
  }

  @Test
  void applicationPasswordsAreMadeUpOrGivenListedAndRevoked() {
    addAnn(OptionalLong.empty());
    assertThat(said(new Request.AppPasswordList("ann@localhost")))
        .isEqualTo("There are none; ehlo user app-password add makes one.\n");
    assertThat(said(app("Ann@localhost", " phone "))).isEqualTo("made-up\n");
    assertThat(directory.hash("ann@localhost", "phone")).contains("hash of made-up");

    Typed typed = Typed.answers("of my own", "of my own");
    assertThat(perform(new Request.AppPasswordAdd("ann@localhost", "tablet", true), typed))
        .isZero();
    assertThat(typed.out()).isEqualTo("The password \"tablet\" of ann@localhost is set.\n");
    assertThat(directory.hash("ann@localhost", "tablet")).contains("hash of of my own");
    assertThat(directory.hash("ann@localhost")).contains("hash of secret");

    assertThat(said(new Request.AppPasswordList("ann@localhost")))
        .isEqualTo("NAME    SCRAM\nphone   no\ntablet  no\n");
    assertThat(list().getLast()).endsWith("set, 2 for programs").doesNotContain("hash");

    assertThat(said(new Request.AppPasswordRemove("ann@localhost", "phone")))
        .isEqualTo("Revoked \"phone\" of ann@localhost: it is refused from now on.\n");
    assertThat(directory.hash("ann@localhost", "phone")).isEmpty();
    assertThat(said(new Request.AppPasswordRemove("ann@localhost", "phone")))
        .isEqualTo(
            "ann@localhost has no password \"phone\"; see ehlo user app-password list"
                + " ann@localhost.\n");
  }

  @Test
  void aNewMainPasswordLeavesTheOthers() {
    addAnn(OptionalLong.empty());
    perform(app("ann@localhost", "phone"));
    Typed typed = Typed.answers("new", "new");
    perform(new Request.UserPassword("ann@localhost"), typed);
    assertThat(typed.out())
        .isEqualTo(
            """
            The password of ann@localhost is set.
            Those for single programs stay; see ehlo user app-password list.
            """);
    assertThat(directory.hash("ann@localhost", "phone")).contains("hash of made-up");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ann@localhost    | phone | ann@localhost has a password "phone" already; remove that one first, or choose another name.
          ann@localhost    | ' '   | A name is missing, such as phone; ehlo user password sets the main password.
          ann@localhost    | 'a\tb'  | A name has at most 64 characters, and no control character.
          nobody@localhost | phone | There is no user nobody@localhost; see ehlo user list.
          """)
  void anApplicationPasswordThatCannotBeIsRefused(String address, String name, String why) {
    addAnn(OptionalLong.empty());
    perform(app("ann@localhost", "phone"));
    assertThat(said(app(address, name))).isEqualTo(why + "\n");
    assertThat(directory.hash("ann@localhost")).contains("hash of secret");
  }

  @Test
  void anAccountHasAHundredPasswordsAtMost() {
    addAnn(OptionalLong.empty());
    for (int n = 1; n < 100; n++) {
      assertThat(perform(app("ann@localhost", "program " + n))).isZero();
    }
    assertThat(said(app("ann@localhost", "one more")))
        .isEqualTo("An account has at most 100 passwords.\n");
  }

  @Test
  void whatScramDoesNotAllowIsRefused() {
    assertThat(perform(add("ann@localhost"), Typed.answers("a\u0378", "a\u0378"))).isEqualTo(1);
    assertThat(list()).hasSize(2);
  }

  @Test
  void aQuotaIsGivenAndTaken() {
    addAnn(OptionalLong.of(1 << 30));
    assertThat(list().getLast()).contains("1073741824");
    Typed typed = Typed.input("");
    assertThat(perform(new Request.UserQuota("ann@localhost", 0), typed)).isZero();
    assertThat(typed.out()).isEqualTo("ann@localhost has no quota now.\n");
    assertThat(perform(new Request.UserQuota("ann@localhost", 7))).isZero();
    assertThat(perform(new Request.UserQuota("bob@localhost", 7))).isEqualTo(1);
  }

  @Test
  void removingAUserWithMailsIsAskedFirst() {
    addAnn(OptionalLong.empty());
    directory.fill("ann@localhost", 3, 1200);
    Request remove = new Request.UserRemove("ann@localhost", false);

    Typed pipe = Typed.input("y\n");
    assertThat(perform(remove, pipe)).isEqualTo(1);
    assertThat(pipe.err())
        .isEqualTo(
            "With ann@localhost 3 mails go for good. Remove? Say --yes, as there is no terminal to"
                + " answer on.\nNothing was removed.\n");

    assertThat(perform(remove, Typed.answers("n"))).isEqualTo(1);
    assertThat(list()).hasSize(3);

    Typed yes = Typed.answers("y");
    assertThat(perform(remove, yes)).isZero();
    assertThat(yes.out()).isEqualTo("Removed ann@localhost and 3 mails.\n");
    assertThat(list()).hasSize(2);
  }

  @Test
  void removingAUserTellsOfAliasesThatLeadNowhereNow() {
    addAnn(OptionalLong.empty());
    perform(new Request.AliasAdd("sales@localhost", List.of("ann@localhost")));
    Typed typed = Typed.input("");
    assertThat(perform(new Request.UserRemove("ann@localhost", false), typed)).isZero();
    assertThat(typed.err()).isEqualTo("The alias sales@localhost still leads there.\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nobody@localhost      | There is no user nobody@localhost; see ehlo user list.
          postmaster@localhost  | postmaster@localhost cannot be removed: every mail server has a postmaster.
          """)
  void whoCannotBeRemovedIsNamed(String address, String why) {
    Typed typed = Typed.input("");
    assertThat(perform(new Request.UserRemove(address, true), typed)).isEqualTo(1);
    assertThat(typed.err()).isEqualTo(why + "\n");
  }

  @Test
  void aliasesAreAddedReplacedListedAndRemoved() {
    addAnn(OptionalLong.empty());
    assertThat(said(alias("sales@localhost", "ann@localhost", "postmaster@localhost")))
        .isEqualTo("Added sales@localhost -> ann@localhost, postmaster@localhost\n");
    assertThat(said(alias("sales@localhost", "ann@localhost", "ann@localhost")))
        .isEqualTo("Replaced sales@localhost -> ann@localhost\n");
    assertThat(said(new Request.AliasList())).isEqualTo("sales@localhost -> ann@localhost\n");
    assertThat(said(new Request.AliasRemove("sales@localhost")))
        .isEqualTo("Removed sales@localhost.\n");
    assertThat(said(new Request.AliasRemove("sales@localhost")))
        .isEqualTo("There is no alias sales@localhost; see ehlo alias list.\n");
  }

  @Test
  void anAliasThatCannotBeIsRefused() {
    addAnn(OptionalLong.empty());
    assertThat(said(alias("ann@localhost", "postmaster@localhost")))
        .isEqualTo("ann@localhost is a user; an alias needs a name of its own.\n");
    assertThat(said(alias("sales@localhost", "bob@localhost")))
        .isEqualTo("There is neither a user nor an alias bob@localhost; add that one first.\n");
    assertThat(said(alias("sales@localhost", "bob"))).contains("Did you mean bob@localhost?");
    assertThat(said(alias("sales@other.example", "ann@localhost")))
        .contains("not one of our domains");
    assertThat(said(new Request.AliasList())).isEmpty();
  }

  @Test
  void anAliasMayLeadToOtherSites() {
    addAnn(OptionalLong.empty());
    Typed typed = Typed.input("");
    perform(alias("sales@localhost", "ann@localhost", "bob@other.example", "c@[192.0.2.7]"), typed);
    assertThat(typed.out())
        .isEqualTo("Added sales@localhost -> ann@localhost, bob@other.example, c@[192.0.2.7]\n");
    assertThat(typed.err())
        .isEqualTo(
            """
            bob@other.example is not at one of our domains: mail for sales@localhost is sent there.
            c@[192.0.2.7] is not at one of our domains: mail for sales@localhost is sent there.
            """);
    assertThat(said(new Request.AliasList()))
        .isEqualTo("sales@localhost -> ann@localhost, bob@other.example, c@[192.0.2.7]\n");
  }

  @Test
  void loopsAreNamed() {
    addAnn(OptionalLong.empty());
    assertThat(said(alias("a@localhost", "A@localhost")))
        .isEqualTo("That is a loop: a@localhost -> A@localhost\n");
    perform(alias("a@localhost", "ann@localhost"));
    perform(alias("b@localhost", "ann@localhost", "a@localhost"));
    perform(alias("c@localhost", "b@localhost"));
    assertThat(said(alias("a@localhost", "ann@localhost", "c@localhost")))
        .isEqualTo("That is a loop: a@localhost -> c@localhost -> b@localhost -> a@localhost\n");
  }

  @Test
  void verifyListsWhatIsWrongAndExitsWith3() {
    assertThat(said(new Request.Verify())).startsWith("All is well");
    findings.add("mail 0123456789AB does not match its checksum");
    Typed typed = Typed.input("");
    assertThat(perform(new Request.Verify(), typed)).isEqualTo(3);
    assertThat(typed.out()).isEqualTo("mail 0123456789AB does not match its checksum\n");
    assertThat(typed.err()).isEqualTo("1 thing is wrong.\n");
  }

  @Test
  void aBackupGoesIntoANewFile() throws IOException {
    Path file = folder.resolve("copy.db");
    assertThat(said(new Request.Backup(file.toString()))).startsWith("The store is in " + file);
    assertThat(Files.readString(file)).isEqualTo("all of it");
    assertThat(said(new Request.Backup(file.toString()))).contains("exists already");
    Path nowhere = folder.resolve("not/there.db");
    assertThat(said(new Request.Backup(nowhere.toString()))).startsWith("The store: ");
  }

  private static Request alias(String name, String... targets) {
    return new Request.AliasAdd(name, List.of(targets));
  }

  private static Request app(String address, String name) {
    return new Request.AppPasswordAdd(address, name, false);
  }

  private static Request add(String address) {
    return new Request.UserAdd(address, OptionalLong.empty());
  }

  private void addAnn(OptionalLong quota) {
    perform(new Request.UserAdd("ann@localhost", quota), Typed.answers("secret", "secret"));
  }

  private List<String> list() {
    return said(new Request.UserList()).lines().toList();
  }

  private String said(Request request) {
    Typed typed = Typed.input("");
    perform(request, typed);
    return typed.out() + typed.err();
  }

  private int perform(Request request) {
    return perform(request, Typed.input(""));
  }

  private int perform(Request request, Typed typed) {
    return administration.perform(request, new LocalDialogue(typed.streams(), false));
  }

  private static void copy(Path file) throws StorageFailure {
    try {
      Files.writeString(file, "all of it");
    } catch (IOException e) {
      throw new StorageFailure(StorageFailure.Kind.TROUBLE, "cannot write " + e.getMessage(), e);
    }
  }
}
