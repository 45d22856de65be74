package me.ehlo.access;

import static me.ehlo.store.Post.mailbox;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import me.ehlo.access.Directory.Entry;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.AddressLiteral;
import me.ehlo.mail.Domain;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.StorageFailure;
import me.ehlo.store.Custody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every directory does, wherever it keeps its names. */
public abstract class DirectoryContract {
  private static final Mailbox ANN = mailbox("Ann", "ehlo.test");
  private static final Mailbox BOB = mailbox("bob", "ehlo.test");
  private static final Mailbox LIST = mailbox("list", "ehlo.test");

  private static final StoredPassword MAIN = StoredPassword.main("$argon2id$main");
  private static final StoredPassword PHONE =
      new StoredPassword(
          "Phone", "$argon2id$phone", Optional.of(new ScramKeys(4096, "c2FsdA==", "c3Rv", "c2Vy")));
  private static final StoredPassword TABLET =
      new StoredPassword("tablet", "$argon2id$tablet", Optional.empty());

  private Custody custody;
  private Directory directory;

  /** A new and empty store. */
  protected abstract Custody openCustody() throws Exception;

  @BeforeEach
  void open() throws Exception {
    custody = openCustody();
    directory = custody.directory();
  }

  @AfterEach
  void close() throws StorageFailure {
    custody.close();
  }

  private Account add(Mailbox address) throws StorageFailure {
    return directory.addAccount(address, Optional.empty(), 0).orElseThrow();
  }

  @Test
  void anAccountIsFoundWithoutRegardToCase() throws StorageFailure {
    Account ann = add(ANN);

    assertThat(ann.address()).isEqualTo(ANN);
    assertThat(directory.find(mailbox("aNN", "ehlo.test"))).isEqualTo(new Entry.User(ann));
    assertThat(directory.find(mailbox("ann", "other.test"))).isEqualTo(new Entry.Nobody());
    assertThat(directory.find(mailbox("ann+detail", "ehlo.test"))).isEqualTo(new Entry.Nobody());
  }

  @Test
  void aDomainIsFoundByItsALabels() throws StorageFailure {
    Domain typed = new Domain("Bücher.example", "xn--bcher-kva.example");
    Account ann = add(new Mailbox(new LocalPart("ann"), typed));

    assertThat(directory.find(mailbox("ann", "xn--bcher-kva.example")))
        .isEqualTo(new Entry.User(ann));
    assertThat(directory.find(new Mailbox(new LocalPart("ann"), typed)))
        .isEqualTo(new Entry.User(ann));
  }

  @Test
  void anInternationalLocalPartIsFoundWithoutRegardToCase() throws StorageFailure {
    Account account = add(mailbox("JÖRG", "ehlo.test"));

    assertThat(directory.find(mailbox("jörg", "ehlo.test"))).isEqualTo(new Entry.User(account));
  }

  @Test
  void anAddressLiteralLeadsToNobody() throws StorageFailure {
    add(ANN);
    Mailbox literal = new Mailbox(new LocalPart("ann"), new AddressLiteral("127.0.0.1"));

    assertThat(directory.find(literal)).isEqualTo(new Entry.Nobody());
    assertThat(directory.removeAlias(literal)).isFalse();
  }

  @Test
  void aNameIsTakenOnce() throws StorageFailure {
    add(ANN);
    directory.putAlias(new Alias(LIST, List.of(ANN)));

    assertThat(directory.addAccount(mailbox("ANN", "ehlo.test"), Optional.empty(), 0)).isEmpty();
    assertThat(directory.addAccount(mailbox("LIST", "ehlo.test"), Optional.empty(), 0)).isEmpty();
    assertThat(directory.putAlias(new Alias(mailbox("ANN", "ehlo.test"), List.of(LIST)))).isFalse();
    assertThat(directory.addAccount(mailbox("ann", "other.test"), Optional.empty(), 0)).isPresent();
  }

  @Test
  void aNameThatWasNobodysIsFoundOnceItIsTaken() throws StorageFailure {
    assertThat(directory.find(ANN)).isEqualTo(new Entry.Nobody());
    Account ann = add(ANN);
    assertThat(directory.find(ANN)).isEqualTo(new Entry.User(ann));
    directory.removeAccount(ann.id());
    assertThat(directory.find(ANN)).isEqualTo(new Entry.Nobody());
  }

  @Test
  void passwordAndQuotaAreKept() throws StorageFailure {
    Account ann = directory.addAccount(ANN, Optional.of("$argon2id$1"), 1000).orElseThrow();
    assertThat(directory.find(ANN)).isEqualTo(new Entry.User(ann));
    assertThat(ann.passwords()).containsExactly(StoredPassword.main("$argon2id$1"));
    assertThat(ann.quotaOctets()).isEqualTo(1000);

    assertThat(directory.setPassword(ann.id(), StoredPassword.main("$argon2id$2"))).isTrue();
    assertThat(directory.setQuota(ann.id(), 3_000_000_000L)).isTrue();
    assertThat(directory.find(ANN))
        .isEqualTo(
            new Entry.User(new Account(ann.id(), ANN, Optional.of("$argon2id$2"), 3_000_000_000L)));
  }

  @Test
  void anAccountHasSeveralPasswordsTheMainOneFirst() throws StorageFailure {
    Account ann = directory.addAccount(ANN, List.of(MAIN), 5).orElseThrow();
    assertThat(directory.addPassword(ann.id(), TABLET)).isTrue();
    assertThat(directory.addPassword(ann.id(), PHONE)).isTrue();
    Account bob = directory.addAccount(BOB, List.of(PHONE, MAIN), 0).orElseThrow();

    Account all = new Account(ann.id(), ANN, List.of(MAIN, PHONE, TABLET), 5);
    assertThat(directory.find(ANN)).isEqualTo(new Entry.User(all));
    assertThat(directory.named(ANN.localPart())).containsExactly(all);
    assertThat(bob.passwords()).containsExactly(MAIN, PHONE);
    assertThat(directory.accounts()).containsExactly(all, bob);
  }

  @Test
  void aPasswordIsAddedOnceAndSetAsOftenAsOneLikes() throws StorageFailure {
    Account ann = add(ANN);
    StoredPassword other = new StoredPassword("Phone", "$argon2id$other", Optional.empty());
    assertThat(directory.addPassword(ann.id(), PHONE)).isTrue();
    assertThat(directory.addPassword(ann.id(), other)).isFalse();
    assertThat(passwords()).containsExactly(PHONE);

    assertThat(directory.setPassword(ann.id(), other)).isTrue();
    assertThat(directory.setPassword(ann.id(), MAIN)).isTrue();
    assertThat(passwords()).containsExactly(MAIN, other);
  }

  @Test
  void aPasswordThatIsRemovedIsGoneAtOnce() throws StorageFailure {
    Account ann = directory.addAccount(ANN, List.of(MAIN, PHONE, TABLET), 0).orElseThrow();
    assertThat(passwords()).hasSize(3);

    assertThat(directory.removePassword(ann.id(), "Phone")).isTrue();
    assertThat(passwords()).containsExactly(MAIN, TABLET);
    assertThat(directory.removePassword(ann.id(), "Phone")).isFalse();
    assertThat(directory.removePassword(ann.id(), "")).isTrue();
    assertThat(passwords()).containsExactly(TABLET);
    directory.removeAccount(ann.id());
    assertThat(add(ANN).passwords()).isEmpty();
  }

  private List<StoredPassword> passwords() throws StorageFailure {
    return ((Entry.User) directory.find(ANN)).account().passwords();
  }

  @Test
  void whoIsNotThereCannotBeChanged() throws StorageFailure {
    AccountId nobody = new AccountId(4711);

    assertThat(directory.setPassword(nobody, StoredPassword.main("x"))).isFalse();
    assertThat(directory.addPassword(nobody, PHONE)).isFalse();
    assertThat(directory.removePassword(nobody, "phone")).isFalse();
    assertThat(directory.setQuota(nobody, 1)).isFalse();
    assertThat(directory.removeAccount(nobody)).isFalse();
    assertThat(directory.removeAlias(LIST)).isFalse();
  }

  @Test
  void anAccountNumberIsNeverUsedAgain() throws StorageFailure {
    Account first = add(ANN);
    directory.removeAccount(first.id());

    assertThat(add(ANN).id().value()).isGreaterThan(first.id().value());
  }

  @Test
  void theSameLocalPartInAllDomains() throws StorageFailure {
    Account here = add(ANN);
    Account there = add(mailbox("ann", "other.test"));
    add(BOB);

    assertThat(directory.named(new LocalPart("ANN"))).containsExactlyInAnyOrder(here, there);
    assertThat(directory.named(new LocalPart("nobody"))).isEmpty();
  }

  @Test
  void listsAreByDomainAndLocalPart() throws StorageFailure {
    Account third = add(mailbox("c", "ehlo.test"));
    Account second = add(mailbox("b", "ehlo.test"));
    Account first = add(mailbox("z", "a.test"));
    directory.putAlias(new Alias(mailbox("y", "ehlo.test"), List.of(ANN)));
    directory.putAlias(new Alias(mailbox("x", "ehlo.test"), List.of(ANN)));

    assertThat(directory.accounts()).containsExactly(first, second, third);
    assertThat(directory.aliases())
        .extracting(alias -> alias.name().toString())
        .containsExactly("x@ehlo.test", "y@ehlo.test");
  }

  @Test
  void anAliasKeepsItsTargetsInOrder() throws StorageFailure {
    Mailbox literal = new Mailbox(new LocalPart("root"), new AddressLiteral("192.0.2.1"));
    Alias list = new Alias(LIST, List.of(BOB, ANN, literal));

    assertThat(directory.putAlias(list)).isTrue();
    assertThat(directory.find(mailbox("LIST", "ehlo.test"))).isEqualTo(new Entry.Listed(list));
    assertThat(directory.aliases()).containsExactly(list);
  }

  @Test
  void puttingAnAliasAgainReplacesItsTargets() throws StorageFailure {
    directory.putAlias(new Alias(LIST, List.of(ANN, BOB)));
    Alias shorter = new Alias(LIST, List.of(BOB));

    assertThat(directory.putAlias(shorter)).isTrue();
    assertThat(directory.find(LIST)).isEqualTo(new Entry.Listed(shorter));
    assertThat(directory.removeAlias(LIST)).isTrue();
    assertThat(directory.find(LIST)).isEqualTo(new Entry.Nobody());
    assertThat(directory.aliases()).isEmpty();
  }
}
