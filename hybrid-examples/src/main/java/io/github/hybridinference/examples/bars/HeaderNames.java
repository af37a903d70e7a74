package io.github.hybridinference.examples.bars;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** How exports of venues and libraries name the columns of a bar, in English and Chinese. */
final class HeaderNames {
    /** What a column holds. */
    enum Column {
        TIMESTAMP,
        TIME_OF_DAY,
        OPEN,
        HIGH,
        LOW,
        CLOSE,
        VOLUME,
        SYMBOL;

        /** The name that {@link HeaderNames} and messages use. */
        final String text = name().toLowerCase(Locale.ROOT);
    }

    private static final Pattern NOT_A_LETTER = Pattern.compile("[^\\p{L}\\p{N}]+");

    /** A unit behind a name, such as "open (usd)" or "成交量(手)". */
    private static final Pattern IN_BRACKETS = Pattern.compile("[(（\\[].*?[)）\\]]");

    /** The number that one service puts before its names: "1. open". */
    private static final Pattern NUMBERED = Pattern.compile("^\\d[ab]?\\s*[.:]\\s*");

    /** The better name first: a file may have "date" and "unix", "Close" and "Price", "VOL" and "TICKVOL". */
    private static final Map<Column, List<String>> NAMES = Map.of(
            Column.TIMESTAMP,
            names("timestamp,datetime,date time,date_time,time stamp,open time,opentime,bar time,bar start,start time,"
                    + "starttime,start,begin,begins at,window start,candle begin time,candle time,candle date time utc,"
                    + "time key,trade time,trade date,tradedate,trading day,date,time,unix,unix time,unix timestamp,unixtime,"
                    + "epoch,ts,t,gmt time,local time,utc time,utc,time utc,datetime utc,date utc,timestamp utc,snapshottime,"
                    + "time open,timeopen,price date,as of date,日期时间,交易时间,交易日期,开盘时间,时间,日期,時間,日時,dt,bob"),
            Column.TIME_OF_DAY,
            names("time,hour,clock,时间,時間"),
            Column.OPEN,
            names(
                    "open,open price,opening price,openprice,price open,px open,first,open bid,bid open,openbid,mid open,o,"
                            + "开盘价,开盘,今开,開盤價,開盤,始値"),
            Column.HIGH,
            names("high,high price,highest price,highprice,price high,px high,max,high bid,bid high,mid high,highest,h,"
                    + "最高价,最高,最高價,高値"),
            Column.LOW,
            names("low,low price,lowest price,lowprice,price low,px low,min,low bid,bid low,mid low,lowest,l,最低价,最低,"
                    + "最低價,安値"),
            Column.CLOSE,
            names(
                    "close,close price,closing price,closeprice,price close,px close,close last,last close,close bid,bid close,"
                            + "mid close,last,last price,px last,settle,settlement price,c,price,收盘价,收盘,收市价,收盤價,收盤,最新价,終値"),
            Column.VOLUME,
            names(
                    "volume,vol,base volume,basevolume,volume base,volume from,volumefrom,shares traded,total volume,trade volume,"
                            + "traded volume,total traded quantity,qty,quantity,v,成交量,总手,成交股数,出来高,tick volume,tickvolume,"
                            + "tickvol,tick vol"),
            Column.SYMBOL,
            names(
                    "symbol,ticker,ts code,tscode,code,instrument,instrument id,pair,stock code,security,act symbol,sym,tic,name,stock,asset,contract,product,epic,"
                            + "market,secid,股票代码,证券代码,代码,合约代码,合约,品种"));

    /** Coins whose name stands beside the volume: "Volume BTC", "Volume_(BTC)" has lost the brackets before. */
    private static final Pattern VOLUME_OF_AN_ASSET =
            Pattern.compile("vol(?:ume)? (?!usd|usdt|eur|currency|ma|avg|sma)\\p{L}{2,6}");

    private HeaderNames() {}

    private static List<String> names(String separatedByCommas) {
        return Arrays.asList(separatedByCommas.split(","));
    }

    /** A name in lower case, words apart by one space, without brackets. */
    static String plain(String cell) {
        String text = cell.replaceFirst("^[#<\\s]+", "");
        text = NUMBERED.matcher(text).replaceFirst("");
        String bare = IN_BRACKETS.matcher(text).replaceAll(" ");
        return NOT_A_LETTER
                .matcher((bare.isBlank() ? text : bare).toLowerCase(Locale.ROOT))
                .replaceAll(" ")
                .strip();
    }

    /**
     * Tells how well a name fits a column.
     *
     * @param name from {@link #plain}
     * @return 0 for the best name, more for others; empty if it does not fit
     */
    static Optional<Integer> fit(Column column, String name) {
        List<String> known = NAMES.getOrDefault(column, List.of());
        int at = known.indexOf(name);
        if (at < 0
                && column == Column.VOLUME
                && VOLUME_OF_AN_ASSET.matcher(name).matches()) {
            return Optional.of(1);
        }
        return at < 0 ? Optional.empty() : Optional.of(at);
    }

    /** Whether a name fits any column, so that a line of such names may be a header. */
    static boolean isKnown(String name) {
        return Arrays.stream(Column.values())
                .anyMatch(column -> fit(column, name).isPresent());
    }
}
