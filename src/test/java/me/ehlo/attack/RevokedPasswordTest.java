package me.ehlo.attack;

import static org.assertj.core.api.Assertions.assertThat;

import me.ehlo.access.Account;
import me.ehlo.access.Directory;
import me.ehlo.access.StoredPassword;
import me.ehlo.attack.FiveDoors.Door;
import me.ehlo.mail.StorageFailure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who has logged in with a password that is then taken away sends no further mail, however long the conversation lasts. */
class RevokedPasswordTest {
  private static final String BY_PHONE = "AUTH PLAIN AGFubgB0ZWxlcGhvbmU="; // ann, telephone
  private static final String BY_MAIN = "AUTH PLAIN AGFubgBzZWNyZXQ="; // ann, secret

  @ParameterizedTest
  @EnumSource(
      value = Door.class,
      names = {"TRANSFER", "SUBMISSION", "SUBMISSIONS"})
  void revoked(Door door) throws StorageFailure {
    try (FiveDoors house = new FiveDoors();
        Peer thief = house.encrypted(door);
        Peer owner = house.encrypted(door)) {
      thief.asks(BY_PHONE, "235");
      owner.asks(BY_MAIN, "235");
      sends(thief);
      directory(house).removePassword(ann(house).id(), "phone");
      thief.asks("MAIL FROM:<ann@ehlo.test>", "530 5.7.0");
      thief.asks("MAIL FROM:<>", "530 5.7.0");
      thief.asks("RCPT TO:<carol@elsewhere.example>", "503 5.5.1");
      sends(owner);
      assertThat(house.decided()).filteredOn("accepted"::equals).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Door.class,
      names = {"TRANSFER", "SUBMISSION", "SUBMISSIONS"})
  void changed(Door door) throws StorageFailure {
    try (FiveDoors house = new FiveDoors();
        Peer thief = house.encrypted(door)) {
      thief.asks(BY_MAIN, "235");
      sends(thief);
      directory(house).setPassword(ann(house).id(), StoredPassword.main("another"));
      thief.asks("MAIL FROM:<ann@ehlo.test>", "530 5.7.0");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Door.class,
      names = {"TRANSFER", "SUBMISSION", "SUBMISSIONS"})
  void gone(Door door) throws StorageFailure {
    try (FiveDoors house = new FiveDoors();
        Peer thief = house.encrypted(door)) {
      thief.asks(BY_MAIN, "235");
      directory(house).removeAccount(ann(house).id());
      thief.asks("MAIL FROM:<>", "530 5.7.0");
      assertThat(thief.asks("MAIL FROM:<ann@ehlo.test>", "5")).startsWith("530 5.7.0");
    }
  }

  private static void sends(Peer peer) {
    peer.asks("MAIL FROM:<ann@ehlo.test>", "250");
    peer.asks("RCPT TO:<carol@elsewhere.example>", "250");
    peer.asks("DATA", "354");
    peer.asks("From: ann@ehlo.test\r\n\r\nhello\r\n.", "250");
  }

  private static Directory directory(FiveDoors house) {
    return house.store.directory();
  }

  private static Account ann(FiveDoors house) throws StorageFailure {
    return ((Directory.Entry.User) directory(house).find(FiveDoors.ANN)).account();
  }
}
