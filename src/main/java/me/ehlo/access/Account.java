package me.ehlo.access;

import java.util.Optional;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Mailbox;

/**
 * A local user.
 *
 * @param passwordHash a PHC string (Argon2id); empty: nobody can log in yet
 * @param quotaOctets what the maildrop may hold; 0: no limit
 */
public record Account(
    AccountId id, Mailbox address, Optional<String> passwordHash, long quotaOctets) {}
