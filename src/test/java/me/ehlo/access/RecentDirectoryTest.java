package me.ehlo.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import me.ehlo.mail.Domain;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.StorageFailure;
import me.ehlo.store.RamStore;
import org.junit.jupiter.api.Test;

/** For how long an address is remembered, and what makes it forgotten. */
class RecentDirectoryTest {
  private static final Mailbox ANN = mailbox("ann");
  private static final Mailbox TEAM = mailbox("team");

  private final Directory kept = new RamStore().directory();
  private Instant now = Instant.EPOCH;
  private Runnable overtake = () -> {};
  private final RecentDirectory recent = new RecentDirectory(kept, () -> now);

  @Test
  void whatAnotherProcessChangesIsSeenAfterASecond() throws StorageFailure {
    assertThat(recent.find(ANN)).isInstanceOf(Directory.Entry.Nobody.class);
    kept.addAccount(ANN, Optional.empty(), 0);
    now = now.plusMillis(999);
    assertThat(recent.find(ANN)).isInstanceOf(Directory.Entry.Nobody.class);
    now = now.plusMillis(1);
    assertThat(recent.find(ANN)).isInstanceOf(Directory.Entry.User.class);
  }

  @Test
  void whatIsChangedThroughItIsSeenAtOnce() throws StorageFailure {
    assertThat(recent.find(ANN)).isInstanceOf(Directory.Entry.Nobody.class);
    Account ann = recent.addAccount(ANN, Optional.empty(), 0).orElseThrow();
    assertThat(recent.find(ANN)).isInstanceOf(Directory.Entry.User.class);
    recent.setQuota(ann.id(), 7);
    assertThat(recent.find(ANN))
        .isEqualTo(new Directory.Entry.User(new Account(ann.id(), ANN, Optional.empty(), 7)));
    StoredPassword phone = new StoredPassword("phone", "a hash", Optional.empty());
    recent.addPassword(ann.id(), phone);
    assertThat(passwords()).containsExactly(phone);
    recent.setPassword(ann.id(), StoredPassword.main("another"));
    assertThat(passwords()).containsExactly(StoredPassword.main("another"), phone);
    recent.removePassword(ann.id(), "phone");
    assertThat(passwords()).containsExactly(StoredPassword.main("another"));
    recent.putAlias(new Alias(TEAM, List.of(ANN)));
    assertThat(recent.find(TEAM)).isInstanceOf(Directory.Entry.Listed.class);
    recent.removeAlias(TEAM);
    assertThat(recent.find(TEAM)).isInstanceOf(Directory.Entry.Nobody.class);
    recent.removeAccount(ann.id());
    assertThat(recent.find(ANN)).isInstanceOf(Directory.Entry.Nobody.class);
  }

  private List<StoredPassword> passwords() throws StorageFailure {
    return ((Directory.Entry.User) recent.find(ANN)).account().passwords();
  }

  @Test
  void aLookUpOvertakenByAChangeIsNotRemembered() throws StorageFailure {
    Account ann = kept.addAccount(ANN, List.of(StoredPassword.main("old")), 0).orElseThrow();
    Directory overtaken =
        (Directory)
            Proxy.newProxyInstance(
                Directory.class.getClassLoader(),
                new Class<?>[] {Directory.class},
                (_, method, arguments) -> {
                  Object found = method.invoke(kept, arguments);
                  if (method.getName().equals("find")) {
                    overtake.run();
                  }
                  return found;
                });
    RecentDirectory slow = new RecentDirectory(overtaken, () -> now);
    overtake = () -> revoke(slow, ann);
    slow.find(ANN); // finds the old one
    overtake = () -> {};
    assertThat(slow.find(ANN))
        .isEqualTo(new Directory.Entry.User(new Account(ann.id(), ANN, List.of(), 0)));
  }

  private static void revoke(Directory directory, Account account) {
    try {
      directory.removePassword(account.id(), StoredPassword.MAIN);
    } catch (StorageFailure e) {
      throw new AssertionError(e);
    }
  }

  private static Mailbox mailbox(String name) {
    return new Mailbox(new LocalPart(name), Domain.ofAscii("ehlo.test"));
  }
}
