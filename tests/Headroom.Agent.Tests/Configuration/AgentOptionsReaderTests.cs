using System.Collections;
using Headroom.Agent.Configuration;

namespace Headroom.Agent.Tests.Configuration;

public sealed class AgentOptionsReaderTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void What_is_not_named_keeps_its_default()
    {
        var options = Read("""{ "server": "http://localhost:8080" }""");

        Assert.Equal("http://localhost:8080", options.Server);
        Assert.Equal(1, options.IntervalSeconds);
        Assert.Equal(1024, options.Host.MaxCpus);
    }

    [Fact]
    public void The_environment_goes_over_the_file_and_the_command_line_over_both()
    {
        var environment = new Hashtable { ["HEADROOM_AGENT_INTERVAL_SECONDS"] = "5", ["HEADROOM_AGENT_HOST__MAX_CPUS"] = "7", ["OTHER"] = "x" };
        var options = AgentOptionsReader.Read(WithContent("""{ "intervalSeconds": 2 }"""), environment, ["host.maxCpus=9", "disabledCollectors=gpu, disk"]);

        Assert.Equal(5, options.IntervalSeconds);
        Assert.Equal(9, options.Host.MaxCpus);
        Assert.Equal(["gpu", "disk"], options.DisabledCollectors);
    }

    [Theory]
    [InlineData("""{ "intervalSecond": 2 }""", "intervalSecond")]
    [InlineData("""{ "intervalSeconds": 0 }""", "intervalSeconds: expected 0.01 to 3600, got 0")]
    [InlineData("""{ "intervalSeconds": "often" }""", "intervalSeconds")]
    [InlineData("""{ "server": "ftp://x" }""", "server: expected an http or https address, got 'ftp://x'")]
    [InlineData("[]", "expected a JSON object")]
    public void A_mistake_in_the_file_names_its_key(string content, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => Read(content)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_setting_that_does_not_exist_is_refused_with_those_that_do()
    {
        var mistake = Assert.Throws<FormatException>(() => AgentOptionsReader.Read(WithContent("{}"), new Hashtable(), ["host.maxCpu=1"]));

        Assert.StartsWith("--set host.maxCpu: there is no setting 'maxCpu'; expected one of maxCpus", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_file_that_is_not_there_is_an_error() =>
        Assert.Throws<FileNotFoundException>(() => AgentOptionsReader.Read("/nowhere/agent.json", new Hashtable(), []));

    private AgentOptions Read(string content) => AgentOptionsReader.Read(WithContent(content), new Hashtable(), []);

    private string WithContent(string content)
    {
        File.WriteAllText(_file, content);
        return _file;
    }
}
