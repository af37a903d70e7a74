package io.github.hybridinference.deepseek;

import io.github.hybridinference.remote.ModelIdentity;

/** What a {@link DeepSeek} is made of. */
record DeepSeekParts(
        ModelIdentity identity,
        RequestTemplate template,
        EgressCheck egress,
        ReplyTranslator replies,
        WorstCost worstCost,
        Transport transport,
        Audit audit,
        Outgoing probe) {
    /** The same over another transport, and without a record of what leaves, since nothing is to leave by it. */
    DeepSeekParts carriedBy(Transport other) {
        return new DeepSeekParts(identity, template, egress, replies, worstCost, other, audit.withoutLog(), probe);
    }
}
