using System.Diagnostics;

namespace Headroom.EndToEnd.Tests;

/// <summary>Programs under test and beside them.</summary>
internal static class Programs
{
    /// <summary>A program beside this test's own folder: artifacts/bin/PROJECT/CONFIGURATION.</summary>
    public static string File(string project, string program)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(here.Parent!.Parent!.FullName, project, here.Name, program);
    }

    /// <summary>Starts a program whose words nobody needs: they stay out of the report of the tests.</summary>
    public static Process StartQuietly(string program, params IEnumerable<string> arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
