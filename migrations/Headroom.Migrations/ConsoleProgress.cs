namespace Headroom.Migrations;

/// <summary>Prints each step at once and in order, which <see cref="Progress{T}"/> does not promise.</summary>
internal sealed class ConsoleProgress : IProgress<string>
{
    public void Report(string value) => Console.WriteLine(value);
}
