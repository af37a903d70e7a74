package io.github.hybridinference;

/** What the stations of the path share. */
record Parts(
        Settings settings,
        EngineThreads threads,
        Meter meter,
        Listeners listeners,
        RateLimitedLog log,
        Memory memory,
        Answers answers,
        BudgetWatch budgetWatch) {

    static Parts of(Settings settings, EngineThreads threads) {
        Meter meter = new Meter();
        RateLimitedLog log = new RateLimitedLog(settings.nanoClock());
        Listeners listeners = new Listeners(settings.listeners(), log);
        return new Parts(
                settings,
                threads,
                meter,
                listeners,
                log,
                new Memory(settings, meter, log),
                new Answers(settings, meter, listeners),
                new BudgetWatch(settings, listeners));
    }
}
