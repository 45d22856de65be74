package me.ehlo.conversation;

import java.util.List;

/**
 * How a script went.
 *
 * @param answers what the server said in each exchange
 * @param waits whether the client must have the answer before it may go on (RFC 2920 §3.1)
 * @param closed whether the server ended the conversation
 */
record Played(List<byte[]> answers, List<Boolean> waits, boolean closed) {}
