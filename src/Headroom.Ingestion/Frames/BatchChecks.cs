using Headroom.Ingestion.Bodies;
using Headroom.Ingestion.Receiving;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Microsoft.AspNetCore.Http;

namespace Headroom.Ingestion.Frames;

/// <summary>What must hold of a whole batch. The time of each frame is checked by the store, which records what it refuses as a gap.</summary>
internal static class BatchChecks
{
    /// <summary>Longest key, name or reason. An index entry of PostgreSQL holds about 2,700 bytes.</summary>
    private const int MaxTextLength = 512;

    /// <exception cref="RefusedException">The batch is another agent's, or of a catalogue this server does not know.</exception>
    /// <exception cref="MalformedBodyException">Something in it contradicts the catalogue.</exception>
    public static void Check(FrameBatch batch, Guid agentId)
    {
        if (batch.AgentId != agentId)
        {
            throw new RefusedException(new Refusal(
                StatusCodes.Status403Forbidden, "urn:headroom:ingest:wrong-agent", "Batch of another agent",
                $"the key is of agent {agentId}, the batch of agent {batch.AgentId}"));
        }

        var catalogue = MetricCatalogue.Current;
        if (batch.CatalogueVersion < 1 || batch.CatalogueVersion > catalogue.Version)
        {
            throw new RefusedException(new Refusal(
                StatusCodes.Status422UnprocessableEntity, "urn:headroom:ingest:unknown-catalogue", "Catalogue version is not known",
                $"expected metric catalogue version 1 to {catalogue.Version}, got {batch.CatalogueVersion}: update the server before its agents"));
        }

        CheckEntities(batch, catalogue);
        foreach (var drop in batch.Drops)
        {
            CheckText(drop.Reason, "the reason of a drop");
        }
    }

    private static void CheckEntities(FrameBatch batch, MetricCatalogue catalogue)
    {
        var metricCounts = new Dictionary<int, int>();
        foreach (var entity in batch.Entities)
        {
            CheckText(entity.Key, "the key of an entity");
            CheckText(entity.Name, "the name of an entity");
            metricCounts[entity.LocalId] = catalogue.For(entity.Kind).Count;
        }

        foreach (var sample in batch.Frames.SelectMany(frame => frame.Samples))
        {
            if (!metricCounts.TryGetValue(sample.LocalId, out var metricCount))
            {
                throw new MalformedBodyException($"a frame refers to entity {sample.LocalId}, which the batch does not name");
            }

            if (sample.Values.Length > metricCount)
            {
                var entity = batch.Entities.First(candidate => candidate.LocalId == sample.LocalId);
                throw new MalformedBodyException(
                    $"expected at most {metricCount} values for {entity.Kind} '{entity.Key}' in catalogue version {batch.CatalogueVersion}, got {sample.Values.Length}");
            }
        }
    }

    private static void CheckText(string text, string what)
    {
        if (text.Length > MaxTextLength)
        {
            throw new MalformedBodyException($"expected {what} of at most {MaxTextLength} characters, got {text.Length}");
        }
    }
}
