using MudBlazor;

namespace Headroom.Web.Shell;

/// <summary>
/// The one design language. Both palettes are on every page, the dark one under a selector that the browser switches, so that a
/// change of theme needs no round trip and nothing flashes while a page loads. Spacing, status and chart colours: <c>css/tokens.css</c>.
/// </summary>
internal static class HeadroomTheme
{
    private static readonly string[] Sans =
        ["Inter", "Segoe UI Variable Text", "Segoe UI", "system-ui", "-apple-system", "Roboto", "Noto Sans", "Cantarell", "DejaVu Sans", "sans-serif"];

    public static MudTheme Light { get; } = Create(":root");

    public static MudTheme Dark { get; } = Create(":root[data-scheme='dark']");

    // MudBlazor puts a colon before a scope that has none, so a scope must begin with one to be a selector.
    private static MudTheme Create(string scope) => new()
    {
        PseudoCss = new PseudoCss { Scope = scope },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px", AppbarHeight = "52px", DrawerWidthLeft = "224px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Sans, FontSize = "0.875rem", LineHeight = "1.45", LetterSpacing = "0" },
            H1 = new H1Typography { FontFamily = Sans, FontSize = "1.625rem", FontWeight = "640", LineHeight = "1.2", LetterSpacing = "-0.02em" },
            H2 = new H2Typography { FontFamily = Sans, FontSize = "1.125rem", FontWeight = "620", LineHeight = "1.3", LetterSpacing = "-0.01em" },
            H3 = new H3Typography { FontFamily = Sans, FontSize = "0.9375rem", FontWeight = "620", LineHeight = "1.35", LetterSpacing = "0" },
            H4 = new H4Typography { FontFamily = Sans, FontSize = "0.875rem", FontWeight = "620", LineHeight = "1.35", LetterSpacing = "0" },
            H5 = new H5Typography { FontFamily = Sans, FontSize = "0.875rem", FontWeight = "600", LineHeight = "1.35", LetterSpacing = "0" },
            H6 = new H6Typography { FontFamily = Sans, FontSize = "0.9375rem", FontWeight = "620", LineHeight = "1.35", LetterSpacing = "0" },
            Body1 = new Body1Typography { FontFamily = Sans, FontSize = "0.875rem", LineHeight = "1.5", LetterSpacing = "0" },
            Body2 = new Body2Typography { FontFamily = Sans, FontSize = "0.8125rem", LineHeight = "1.45", LetterSpacing = "0" },
            Caption = new CaptionTypography { FontFamily = Sans, FontSize = "0.75rem", LineHeight = "1.4", LetterSpacing = "0" },
            Button = new ButtonTypography { FontFamily = Sans, FontSize = "0.8125rem", FontWeight = "560", TextTransform = "none", LetterSpacing = "0" },
        },
        PaletteLight = new PaletteLight
        {
            Primary = "#1f5fae", PrimaryContrastText = "#ffffff", Secondary = "#0b6e69", Tertiary = "#6b4fa0",
            Background = "#f5f6f8", BackgroundGray = "#eceef2", Surface = "#ffffff",
            AppbarBackground = "#ffffff", AppbarText = "#161b24", DrawerBackground = "#ffffff", DrawerText = "#3a4353", DrawerIcon = "#5b6576",
            TextPrimary = "#161b24", TextSecondary = "#535d6e", TextDisabled = "#7b8494",
            ActionDefault = "#535d6e", ActionDisabled = "#a3abb8", ActionDisabledBackground = "#e6e9ee",
            LinesDefault = "#e1e5eb", LinesInputs = "#8c95a4", Divider = "#e1e5eb", DividerLight = "#eef0f4", TableLines = "#e8ebf0",
            TableStriped = "#fafbfc", TableHover = "#f1f5fb",
            Success = "#1a7f4b", Warning = "#9a6100", Error = "#b3261e", Info = "#1f5fae",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#7db4f5", PrimaryContrastText = "#0b1420", Secondary = "#5fcfc6", Tertiary = "#b9a3ea",
            Background = "#0f131a", BackgroundGray = "#0b0e14", Surface = "#171c25",
            AppbarBackground = "#131821", AppbarText = "#e8ecf3", DrawerBackground = "#131821", DrawerText = "#b9c2d0", DrawerIcon = "#8e99aa",
            TextPrimary = "#e8ecf3", TextSecondary = "#a3aebf", TextDisabled = "#7d889a",
            ActionDefault = "#a3aebf", ActionDisabled = "#57616f", ActionDisabledBackground = "#222935",
            LinesDefault = "#2a3240", LinesInputs = "#697587", Divider = "#2a3240", DividerLight = "#212835", TableLines = "#252c39",
            TableStriped = "#1a202a", TableHover = "#1e2735",
            Success = "#5fcf94", Warning = "#f0b54a", Error = "#ff8a7f", Info = "#7db4f5",
        },
    };
}
