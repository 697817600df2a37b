using System.Net.Http.Headers;
using System.Text;
using Headroom.EndToEnd.Tests.Api;
using Headroom.Testing;

namespace Headroom.EndToEnd.Tests.Fuzzing;

/// <summary>Networks and configurations as forms bring them: real files, damaged, and archives and references that unpack to far too much.</summary>
internal static class FileTargets
{
    private const string Boundary = "a-boundary-of-the-form";

    private const string Configuration = """
        Backend: Vivado
        Part: xcu250-figd2104-2L-e
        ClockPeriod: 5
        IOType: io_parallel
        HLSConfig:
          Model:
            Precision: ap_fixed<16,6>
            ReuseFactor: 4
            Strategy: Resource
        """;

    private static readonly string[] Paths = ["/api/v1/predictions/fpga", "/api/v1/fpga/sweeps"];

    public static IReadOnlyList<FuzzTarget> Make()
    {
        var folder = Path.Combine(ApiDocument.Checkout(), "tests", "Headroom.Fpga.Tests", "Parsing", "Written");
        var networks = Directory.EnumerateFiles(folder).Where(path => Path.GetExtension(path) is ".h5" or ".onnx" or ".json").Order(StringComparer.Ordinal).Select(path => (Name: Path.GetFileName(path), Bytes: File.ReadAllBytes(path))).ToArray();
        var archive = Bombs.Archive("config.json");
        return
        [
            new("network files", random =>
            {
                var (name, bytes) = networks[random.Next(networks.Length)];
                return Form(random, name, Damage.Of(bytes, random), Encoding.UTF8.GetBytes(Configuration));
            }),
            new("configurations", random =>
            {
                var (name, bytes) = networks[random.Next(networks.Length)];
                return Form(random, name, bytes, random.Next(6) == 0 ? Encoding.UTF8.GetBytes(Bombs.Laughs()) : Damage.Of(Encoding.UTF8.GetBytes(Configuration), random));
            }),
            new("archives", random => Form(random, "network.keras", random.Next(3) == 0 ? archive : Damage.Of(archive, random), [])),
            new("forms", random => Form(random, networks[0].Name, networks[0].Bytes, []) is var form ? form with { Body = Damage.Of(form.Body, random) } : form),
        ];
    }

    private static FuzzRequest Form(Random random, string name, byte[] network, byte[] configuration)
    {
        using var form = new MultipartFormDataContent(Boundary);
        using var file = new ByteArrayContent(network);
        using var text = new ByteArrayContent(configuration);
        using var board = new StringContent("zcu102");
        text.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        form.Add(file, "model", name);
        form.Add(text, "configuration");
        form.Add(board, "board");
        using var bytes = new MemoryStream();
        form.CopyTo(bytes, null, CancellationToken.None);
        return new FuzzRequest(HttpMethod.Post, Paths[random.Next(Paths.Length)], $"multipart/form-data; boundary=\"{Boundary}\"", bytes.ToArray());
    }
}
