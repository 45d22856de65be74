package me.ehlo.sasl;

import me.ehlo.mail.AccountId;
import me.ehlo.mail.Mailbox;

/**
 * Who has logged in.
 *
 * @param address the account's own
 * @param password the name of the password that was used; empty: the account's main one
 */
public record Identity(AccountId account, Mailbox address, String password) {}
