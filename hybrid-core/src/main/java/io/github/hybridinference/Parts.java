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
        Listeners listeners = new Listeners(DecisionLog.with(settings.listeners()), log);
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

    /** A fault of our own or of a user's part: counted, and logged without anything of what it was about. */
    void fault(RateLimitedLog.Kind kind, Throwable thrown) {
        meter.error();
        log.failure(kind, thrown);
    }

    /** Runs what is a user's, whose faults are no reason to leave our own work undone. */
    void shielded(Runnable work) {
        try {
            work.run();
        } catch (Exception | StackOverflowError | AssertionError | LinkageError thrown) {
            fault(RateLimitedLog.Kind.PART_FAILED, thrown);
        }
    }
}
