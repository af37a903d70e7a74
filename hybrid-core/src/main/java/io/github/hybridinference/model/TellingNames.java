package io.github.hybridinference.model;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of custom features that can tell whose figure it is, or of which instrument. The name of a custom feature is sent as its
 * owner wrote it, so these need a reason. A harmless name that is caught needs one as well, which costs its owner one sentence.
 */
final class TellingNames {
    /** Words that tell, whatever other words the name has. */
    private static final Set<String> ALWAYS = words("""
            uid uids uuid guid id ids username customer customers custid usr acctno clientref ownerid login iban email phone address ip host hostname kyc tenant
            pnl upnl rpnl upl rpl pl bep avgprice avgcost key password nonce
            zhanghu yonghu kehu cangwei chicang yingkui zijin yue
            """);

    /** The same, wherever in the name, so that no way of writing words together hides them. */
    private static final List<String> ALWAYS_WITHIN = list("""
            customer username userid clientid traderid unrealiz unrealis pnl costbasis avgentry avgprice averageprice entryprice
            exitprice takeprofit stoploss subacc orderid tradeid strategyid positionsize possize passw apikey buyingpower
            """);

    /** Words that tell unless another says that the figure is the market's. */
    private static final Set<String> USUALLY = words("""
            user users client clients trader traders owner member account accounts acct acc wallet wallets fund bot robot broker
            strategy strat book nav aum profit profits loss losses roe roi payout earned gain gains fee fees commission
            commissions rebate interest salary income bonus balance balances equity cash capital bankroll bank deposit deposits
            withdrawal withdrawals margin leverage lever collateral liquidation liq exposure notional debt loan borrowed
            position positions pos holding holdings held portfolio stake stakes inventory allocation lot lots size qty quantity
            shares contracts units invested order orders fill fills filled trade trades entry exit stop sl tp breakeven cost paid
            bought sold secret pin token seed mtm vault sharpe sortino win hedged
            """);

    private static final List<String> USUALLY_WITHIN = list("""
            account wallet portfolio holding profit equity leverage balance deposit withdraw liquidat breakeven exposure
            collateral
            """);

    /** Words that say that the figure is the market's. */
    private static final Set<String> OF_ALL = words("""
            whale whales exchange exchanges top growth creation velocity unlock index crowding sentiment etf etfs flow flows
            round run spread yield
            """);

    /** Quantities of the market that contain a telling word. They are taken out before the rest is read. */
    private static final List<String> OF_MARKETS = list("""
            on_balance_volume balance_of_power power_balance imbalance rebalance order_count order_flow order_book orderbook
            open_interest interest_rate rate_of_interest trade_count trades_per_minute trade_flow trade_imbalance tick_size
            large_trades trade_intensity range_position position_in_range channel_position band_position bar_position
            close_position price_position relative_position pivot_position cloud_position equity_risk_premium equity_put_call
            equity_bond return_on_equity margin_debt margin_of_error profit_margin gross_margin profit_taking stop_hunt pin_bar
            entry_signal exit_signal entry_score exit_score gain_loss_ratio average_gain average_loss mean_gain cost_of_carry
            gap_fill leverage_ratio liquidation_volume long_short_accounts block_size key_level secret_sauce
            btc_dominance active_addresses new_addresses address_count exit_liquidity
            """);

    private static final String COINS =
            "btc|xbt|eth|sol|xrp|bnb|ada|doge|shib|pepe|ltc|bch|dot|link|avax|matic|trx|atom|near|etc|xmr|xlm|uni|aave";
    private static final String MONEY =
            "usdt|usdc|busd|fdusd|tusd|dai|usd|eur|gbp|jpy|chf|aud|cad|nzd|cny|cnh|krw|try|brl";
    private static final String SHARES =
            "aapl|msft|nvda|tsla|amzn|googl|goog|nflx|amd|intc|coin|mstr|spy|qqq|spx|ndx|djia|dax|xau|xag|xauusd|wti|brent|nikkei|gold";

    /** A ticker as a whole word, a pair in one word or in two, or any word that ends in a stable coin. */
    private static final Pattern INSTRUMENT = Pattern.compile("(?:^|_)(?:"
            + "(?:" + COINS + "|" + MONEY + ")_?(?:" + MONEY + "|btc|eth)(?:_?perp|_?swap)?"
            + "|[a-z]{2,10}(?:usdt|usdc|busd|fdusd|perp)"
            + "|(?:" + COINS + "|" + SHARES + ")"
            + ")(?=_|$)");

    private TellingNames() {}

    static boolean contains(String name) {
        String rest = name.replaceAll("[0-9]+$", "");
        for (String phrase : OF_MARKETS) {
            rest = rest.replaceAll("(?:^|_)" + phrase + "(?=_|$)", "_");
        }
        List<String> parts = List.of(rest.split("_+"));
        String joined = rest.replace("_", "");
        return INSTRUMENT.matcher(rest).find()
                || has(parts, joined, ALWAYS, ALWAYS_WITHIN)
                || (parts.stream().noneMatch(OF_ALL::contains) && has(parts, joined, USUALLY, USUALLY_WITHIN));
    }

    private static boolean has(List<String> parts, String joined, Set<String> words, List<String> within) {
        return parts.stream().anyMatch(words::contains) || within.stream().anyMatch(joined::contains);
    }

    private static List<String> list(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }
}
