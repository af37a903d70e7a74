package io.github.hybridinference.model;

/**
 * How much finer than the catalogue's the steps of a quiet market are, by the length of the bars and the class of the asset.
 *
 * <p>The catalogue's steps suit hourly bars of Bitcoin, whose average true range is 0.9 % of the price. Where bars move
 * less, a figure that grows with the moves has a step as much finer, so that it takes about as many values as there. Steps
 * are never coarser than the catalogue's, and from an hour on those of crypto and of unknown assets are the catalogue's.
 */
final class MarketSteps {
    /** Each with a step that is a short decimal number if the catalogue's is. */
    private static final int[] PARTS = {1, 2, 5, 10, 20, 50, 100};

    private static final Timeframe[] TIMEFRAMES = Timeframe.values();
    private static final AssetClass[] CLASSES = AssetClass.values();

    /** The number of markets that are told apart. */
    static final int COUNT = TIMEFRAMES.length * CLASSES.length;

    private MarketSteps() {}

    /** The place of a market among all, from 0. */
    static int market(Timeframe timeframe, AssetClass kind) {
        return timeframe.ordinal() * CLASSES.length + kind.ordinal();
    }

    /** The market with bars of another length. */
    static int withTimeframe(int market, Timeframe timeframe) {
        return timeframe.ordinal() * CLASSES.length + market % CLASSES.length;
    }

    /** Into how many parts the catalogue's step is divided. */
    static int partsOf(FamilySpec.Fineness fineness, int market) {
        Timeframe timeframe = TIMEFRAMES[market / CLASSES.length];
        AssetClass kind = CLASSES[market % CLASSES.length];
        boolean catalogue =
                fineness == FamilySpec.Fineness.FIXED || (isLively(kind) && timeframe.compareTo(Timeframe.H1) >= 0);
        return catalogue ? 1 : nearest(fineness.valuesToOne() / (typicalMove(kind) * timeframe.sqrtHours()));
    }

    /** How far an hour usually moves the price, against an hour of Bitcoin. */
    private static double typicalMove(AssetClass kind) {
        return switch (kind) {
            case CRYPTO, UNKNOWN -> 1;
            case EQUITY -> 0.4;
            case COMMODITY -> 0.25;
            case INDEX -> 0.2;
            case FX -> 0.12;
        };
    }

    private static boolean isLively(AssetClass kind) {
        return kind == AssetClass.CRYPTO || kind == AssetClass.UNKNOWN;
    }

    /** By ratio. */
    private static int nearest(double parts) {
        int best = 1;
        for (int each : PARTS) {
            if (Math.abs(Math.log(each / parts)) < Math.abs(Math.log(best / parts))) {
                best = each;
            }
        }
        return best;
    }
}
