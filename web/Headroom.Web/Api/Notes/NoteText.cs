namespace Headroom.Web.Api.Notes;

/// <summary>What may stand in a note; the page and the API say the same about it.</summary>
internal static class NoteText
{
    /// <summary>What is wrong with a text; null when nothing is.</summary>
    public static string? Problem(string? text, ApiOptions options) =>
        string.IsNullOrWhiteSpace(text) ? "text: expected what happened, got nothing."
        : text.Trim().Length > options.MaxNoteLength ? $"text: expected at most {options.MaxNoteLength} characters, got {text.Trim().Length}."
        : null;
}
