package io.github.hybridinference.remote;

/**
 * One call of a blocking chat client, for a {@link BlockingChatModel}. It is called by many threads at once and must be
 * thread-safe.
 *
 * <pre>{@code
 * ChatFunction function = call -> ChatReply.of(client.chat(call.system(), call.user()));
 * }</pre>
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ChatFunction {
    /**
     * Sends both messages once and waits for the reply. It must not try again by itself: the engine does, within its
     * deadline and budget. Its thread is interrupted when nobody waits for the reply any more, at the deadline or before.
     *
     * @param call what to send, and by when the call must be over
     * @return the reply, unread
     * @throws RemoteException if it knows why the call failed
     * @throws Exception if it does not: this is reported as {@link RemoteException.Reason#UNAVAILABLE}, or as
     *     {@link RemoteException.Reason#TIMEOUT} once the deadline has passed; its message is not used, since it can hold
     *     a key or a caller's data
     */
    ChatReply reply(ChatCall call) throws Exception;
}
