package me.ehlo.sasl;

import me.ehlo.mail.AccountId;
import me.ehlo.mail.Mailbox;

/**
 * Who has logged in.
 *
 * @param address the account's own
 * @param password the name of the password that was used; empty: the account's main one
 * @param mark tells that password from those that were or will be there under the same name
 */
public record Identity(AccountId account, Mailbox address, String password, String mark) {}
