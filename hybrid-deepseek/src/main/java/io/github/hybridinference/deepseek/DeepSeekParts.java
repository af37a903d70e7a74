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
        Outgoing probe) {}
