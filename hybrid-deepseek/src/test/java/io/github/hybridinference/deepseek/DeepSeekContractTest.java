package io.github.hybridinference.deepseek;

class DeepSeekContractTest extends AdapterContract {
    DeepSeekContractTest() {
        super(Adapter.NETTY);
    }
}
