/** Conversations as tests: scripts that a mail administrator can read, each held in three ways. */
package me.ehlo.conversation;
