using System.Globalization;

namespace Headroom.Web.Shared;

/// <summary>How numbers look on screen: the only place that knows units, prefixes, digits and culture. Units are UCUM codes.</summary>
public static class Quantity
{
    /// <summary>What stands where a value is missing.</summary>
    public const string Missing = "–";

    private static readonly string[] BinaryPrefixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi"];
    private static readonly string[] DecimalPrefixes = ["", "k", "M", "G", "T", "P"];
    private static readonly (double Scale, string Unit)[] Times = [(86400, "d"), (3600, "h"), (60, "min"), (1, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")];

    /// <summary>A value with its unit, for example <c>3.42 GiB/s</c>; missing as <see cref="Missing"/>.</summary>
    public static string Text(double? value, string unit, CultureInfo? culture = null)
    {
        var (number, symbol) = Split(value, unit, culture);
        return symbol.Length == 0 ? number : $"{number} {symbol}";
    }

    /// <summary>A prediction with its interval, for example <c>7.2 % [4.1, 9.8] at 90 %</c>; all three share one prefix.</summary>
    /// <param name="level">Level of the interval, 0 to 1.</param>
    public static string Interval(double value, double lower, double upper, double level, string unit, CultureInfo? culture = null)
    {
        culture ??= CultureInfo.CurrentCulture;
        var (scale, symbol) = Scale(Math.Max(Math.Abs(value), Math.Max(Math.Abs(lower), Math.Abs(upper))), unit);
        return $"{Digits(value * scale, culture)}{(symbol.Length == 0 ? "" : " " + symbol)} [{Digits(lower * scale, culture)}, {Digits(upper * scale, culture)}] at {Digits(level * 100, culture)} %";
    }

    /// <summary>Number and unit apart, so that a page can set the unit smaller.</summary>
    public static (string Number, string Symbol) Split(double? value, string unit, CultureInfo? culture = null)
    {
        if (value is not { } number || !double.IsFinite(number))
        {
            return (Missing, "");
        }

        var (scale, symbol) = Scale(Math.Abs(number), unit);
        return (Digits(number * scale, culture ?? CultureInfo.CurrentCulture), symbol);
    }

    /// <summary>Factor from the stored unit to the one on screen for a value of this size, and the symbol to show.</summary>
    public static (double Scale, string Symbol) Scale(double magnitude, string unit)
    {
        switch (unit)
        {
            case "1":
                return (100, "%");
            case "s":
                var time = Times.FirstOrDefault(step => magnitude >= step.Scale, magnitude == 0 ? (1, "s") : Times[^1]);
                return (1 / time.Scale, time.Unit);
            case "Cel":
                return (1, "°C");
        }

        var (stem, rate) = unit.EndsWith("/s", StringComparison.Ordinal) ? (unit[..^2], "/s") : (unit, "");
        var isBytes = stem is "By" or "bytes";
        var name = isBytes ? "B" : stem.StartsWith('{') || stem == "1" ? "" : stem;
        var (prefixes, step1) = isBytes ? (BinaryPrefixes, 1024.0) : (DecimalPrefixes, 1000.0);
        var power = magnitude < step1 ? 0 : Math.Min(prefixes.Length - 1, (int)Math.Floor(Math.Log(magnitude, step1)));
        return (Math.Pow(step1, -power), prefixes[power] + name + rate);
    }

    private static string Digits(double number, CultureInfo culture)
    {
        var magnitude = Math.Abs(number);
        var format = magnitude switch
        {
            0 => "0",
            < 0.001 => "0.##e0",
            < 1 => "0.###",
            < 10 => "0.##",
            < 100 => "0.#",
            _ => "#,0",
        };
        return number.ToString(format, culture);
    }
}
