using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Headroom.Interference.Runs;

namespace Headroom.Interference.ModelFiles;

/// <summary>SHA-256 of everything a model could have learnt from: ids, groups, windows, contexts and labels, in order.</summary>
public static class RunSetChecksum
{
    public static string Of(RunSet set)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var run in set.Runs)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{run.Id}\n{run.Application}\n{run.Composition}\n{run.Session}\n{run.IsSolo}\n"));
            foreach (var frame in run.Frames)
            {
                hash.AppendData(MemoryMarshal.AsBytes(frame.AsSpan()));
            }

            hash.AppendData(MemoryMarshal.AsBytes(run.Context.AsSpan()));
            hash.AppendData(BitConverter.GetBytes(run.Label ?? double.NaN));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
